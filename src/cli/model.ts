import {basename, dirname, extname, resolve} from 'node:path';
import type {Command} from 'commander';
import {importHuggingFace} from '../import/hugging-face.js';
import {writeModelYaml} from '../import/write-model-yaml.js';
import {readModel} from '../plan-file/library/library.js';
import {unknownModel} from '../plan-file/library/models/find-model.js';
import {readModelIndex} from '../plan-file/library/models/model-index.js';
import {modelsWithParts} from '../plan-file/library/models/model-name.js';
import {readText} from '../plan-file/read-text.js';
import {locateProblem, parseSource, problemOfFile} from '../plan-file/source.js';
import {modelJson} from '../report/json/model-json.js';
import {makeModelView} from '../report/model-view.js';
import {renderModelList} from '../report/text/model-list-text.js';
import {renderModel} from '../report/text/model-text.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printLines, printProblems} from './answer/output.js';
import {stdoutStyle} from './answer/terminal-style.js';
import {parsePositiveWholeNumber} from './option-values.js';
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
    .description('the models that come with walltime, by family')
    .argument('[words...]', 'parts of a name: only the models that have them all')
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExample:\n  $ walltime model list qwen 7b')
    .action(async (words: readonly string[], options: ModelOptions) => {
      process.exitCode = await list(words.join(' '), options);
    });
  command
    .command('show')
    .description('one model: parameters by part, FLOP of a token, operators')
    .argument('<name>', 'a name of the list, or the path of a model file or a config.json')
    .option(
      '--sequence-length <tokens>',
      'count FLOP at this length (default: as trained, or 4096)',
      parsePositiveWholeNumber,
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

async function list(words: string, options: ModelOptions): Promise<ExitCode> {
  const all = await readModelIndex();
  const models = words === '' ? all : modelsWithParts(words, all);
  if (models.length === 0) {
    const {message, hint} = unknownModel(words, all);
    return printProblems([problemOfFile('model list', {message, hint})], options);
  }
  if (options.json) printJson({walltime: version, models});
  else printLines(renderModelList(stdoutStyle(), models));
  return exitCodes.done;
}

/** Sequence length where neither the user nor the model states one. */
const defaultSequenceLength = 4096;

async function show(name: string, options: ShowOptions): Promise<ExitCode> {
  const read = await readModel(name);
  if ('problems' in read) return printProblems(read.problems, options);
  const {positions} = read.profile.model;
  const length = options.sequenceLength ?? (positions.maxPositions || defaultSequenceLength);
  const view = makeModelView(read.profile, length);
  if (options.json) printJson(modelJson(view, version));
  else printLines(renderModel(stdoutStyle(), view));
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
  if (options.json) {
    printJson(modelJson(makeModelView({model, source, hub: []}, defaultSequenceLength), version));
  } else printLines([writeModelYaml(model, source).trimEnd()]);
  return exitCodes.done;
}

/** A config.json is named after its folder, any other file after itself. */
function nameOf(path: string): string {
  const name = basename(path, extname(path));
  return name === 'config' ? basename(dirname(resolve(path))) || name : name;
}
