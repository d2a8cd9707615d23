import {dirname, join} from 'node:path';
import type {Command} from 'commander';
import {presetPath} from '../plan-file/presets.js';
import {validationJson} from '../report/json/validation-json.js';
import {renderValidation} from '../report/text/validation-text.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printLines, printProblems} from './answer/output.js';
import {terminalPage} from './answer/page.js';
import {predictRows} from './predict-rows.js';
import {readTables} from './read-tables.js';
import {version} from './version.js';

interface ValidateOptions {
  readonly json: boolean;
  readonly software?: string;
  readonly hardware?: string;
}

export function declareValidate(command: Command): void {
  command
    .argument('[csv...]', 'tables of measured runs (default: the published runs that come with walltime)')
    .option('--software <name>', 'predict every row with this software stack')
    .option('--hardware <profile>', 'predict every row on this hardware profile')
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
Each row is predicted with the hardware profile and the software stack that its columns mean. A row
that lacks what a prediction needs is skipped with the reason.

Example:
  $ walltime validate runs.csv --software megatron-lm

Exit status: 0 done, 2 bad input`,
    )
    .action(async (files: string[], options: ValidateOptions) => {
      process.exitCode = await validate(files, options);
    });
}

async function validate(files: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  const read = readTables(files.length === 0 ? [publishedRuns()] : files);
  if ('problems' in read) return printProblems(read.problems, options);
  const {hardware = null, software = null} = options;
  const predicted = await predictRows(read.rows, {hardware, software});
  if ('problems' in predicted) return printProblems(predicted.problems, options);
  if (options.json) printJson(validationJson(predicted.rows, version));
  else printLines(renderValidation(terminalPage(), predicted.rows));
  return exitCodes.done;
}

/** The table that ships with the package. */
function publishedRuns(): string {
  return join(dirname(presetPath('hardware', 'any')), 'measurements', 'published-runs.csv');
}
