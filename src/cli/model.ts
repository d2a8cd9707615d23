import {basename, dirname, extname, resolve} from 'node:path';
import type {Command} from 'commander';
import {importHuggingFace} from '../import/hugging-face.js';
import {writeModelYaml} from '../import/write-model-yaml.js';
import {countParameters} from '../model/parameters.js';
import type {Transformer} from '../model/transformer.js';
import {listModels, readModel} from '../plan-file/library/library.js';
import {readText} from '../plan-file/read-text.js';
import {locateProblem, parseSource, problemOfFile} from '../plan-file/source.js';
import {modelJson} from '../report/json/model-json.js';
import {makeModelSheet} from '../report/model-sheet.js';
import {renderList} from '../report/text/list-text.js';
import {renderModel} from '../report/text/model-text.js';
import {formatCount} from '../units/format-quantity.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printLines, printProblems} from './answer/output.js';
import {terminalPage} from './answer/page.js';
import {positiveWholeNumber} from './option-values.js';
import {version} from './version.js';

interface ModelOptions {
  readonly json: boolean;
}

interface ShowOptions extends ModelOptions {
  readonly sequenceLength?: number;
}

export function declareModel(command: Command): void {
  command.usage('[list | show <name> | import <config.json>] [options]').addHelpText(
    'after',
    `
Example:
  $ walltime model show gpt3-175b

Exit status: 0 done, 2 bad input`,
  );
  command
    .command('list', {isDefault: true})
    .description('the models that come with walltime')
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExample:\n  $ walltime model list --json')
    .action(async (options: ModelOptions) => {
      process.exitCode = await list(options);
    });
  command
    .command('show')
    .description('one model: parameters by part, FLOP of a token, operators')
    .argument('<name>', 'a name of the list, or the path of a model file or a config.json')
    .option(
      '--sequence-length <tokens>',
      'count FLOP at this length (default: as trained, or 4096)',
      positiveWholeNumber,
    )
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExample:\n  $ walltime model show llama-3-8b --sequence-length 8192')
    .action(async (name: string, options: ShowOptions) => {
      process.exitCode = await show(name, options);
    });
  command
    .command('import')
    .description('print the model file of a Hugging Face config.json')
    .argument('<config>', 'path of a config.json')
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExample:\n  $ walltime model import config.json > plans/models/mine.yaml')
    .action(async (config: string, options: ModelOptions) => {
      process.exitCode = importConfig(config, options);
    });
}

async function list(options: ModelOptions): Promise<ExitCode> {
  const names = listModels();
  const read = await Promise.all(names.map(name => readModel(name)));
  const problems = read.flatMap(model => ('problems' in model ? model.problems : []));
  if (problems.length > 0) return printProblems(problems, options);
  const entries = read.flatMap((model, i) =>
    'profile' in model ? [entry(names[i] ?? '', model.profile.model)] : [],
  );
  if (options.json) printJson({walltime: version, models: entries});
  else {
    const described = entries.map(({name, title, parameters}) => ({
      name,
      description: `${title}, ${formatCount(parameters, 4)} parameters`,
    }));
    printLines(renderList(terminalPage(), described));
  }
  return exitCodes.done;
}

function entry(name: string, model: Transformer) {
  const {total, parts} = countParameters(model);
  return {name, title: model.name, parameters: total - parts.multiTokenPrediction};
}

/** Where neither the user nor the model says how long its sequences are. */
const usualSequenceLength = 4096;

async function show(name: string, options: ShowOptions): Promise<ExitCode> {
  const read = await readModel(name);
  if ('problems' in read) return printProblems(read.problems, options);
  const {model, source} = read.profile;
  const length = options.sequenceLength ?? (model.positions.maxPositions || usualSequenceLength);
  const sheet = makeModelSheet(model, source, length);
  if (options.json) printJson(modelJson(sheet, version));
  else printLines(renderModel(terminalPage(), sheet));
  return exitCodes.done;
}

function importConfig(path: string, options: ModelOptions): ExitCode {
  const file = readText(path);
  if ('message' in file) return printProblems([problemOfFile(path, file)], options);
  const read = parseSource(path, file.text);
  if (!('source' in read)) return printProblems(read.problems, options);
  const imported = importHuggingFace(read.value, nameOf(path));
  if ('problems' in imported) {
    const problems = imported.problems.map(problem => locateProblem(read.source, problem));
    return printProblems(problems, options);
  }
  const {model, leftOut} = imported;
  const source = [`Hugging Face, ${basename(path)}`, ...leftOut.map(part => `without its ${part}`)].join(
    ', ',
  );
  if (options.json) printJson(modelJson(makeModelSheet(model, source, usualSequenceLength), version));
  else printLines([writeModelYaml(model, source).trimEnd()]);
  return exitCodes.done;
}

/** A config.json is named after its folder, any other file after itself. */
function nameOf(path: string): string {
  const name = basename(path, extname(path));
  return name === 'config' ? basename(dirname(resolve(path))) || name : name;
}
