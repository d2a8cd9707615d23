import {type Command, Option} from 'commander';
import {type Grouping, groupings, summarize, type Validation} from '../../calibration/summary/summarize.js';
import {validationHtml} from '../../report/html/validation-html.js';
import {validationJson} from '../../report/json/validation-json.js';
import {renderValidationRows} from '../../report/text/measured/validation-rows.js';
import {renderValidation} from '../../report/text/measured/validation-text.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printJson, printLines, printProblems} from '../answer/output.js';
import {terminalPage} from '../answer/page.js';
import {writeReport} from '../answer/write-report.js';
import {version} from '../version.js';
import {predictRows} from './predict-rows.js';
import {readTables} from './read-tables.js';
import {publishedRuns} from './shipped-tables.js';

interface ValidateOptions {
  readonly json: boolean;
  readonly software?: string;
  readonly hardware?: string;
  readonly by: Grouping;
  readonly rows: boolean;
  readonly html?: string;
}

export function declareValidate(command: Command): void {
  command
    .argument('[csv...]', 'tables of measured runs (default: the published runs that come with walltime)')
    .option('--software <name>', 'predict every row with this software stack')
    .option('--hardware <profile>', 'predict every row on this hardware profile')
    .addOption(new Option('--by <group>', 'what the tables tell apart').choices(groupings).default('source'))
    .option('--rows', 'list every row', false)
    .option('--html <file>', 'write the report as a page for a browser, too')
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
Each row is predicted with the hardware profile and the software stack that its columns mean. A row
that lacks what a prediction needs is skipped with the reason. The step time of a row whose confidence
is low is predicted and not counted; its memory counts. Rows that say OOM in a column "result" check
whether a run fits; they may stand in a table of their own:
  $ walltime validate runs.csv out-of-memory.csv

Example:
  $ walltime validate runs.csv --software megatron-lm --html report.html

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
  const validation = summarize(predicted.rows);
  if (options.html !== undefined) {
    const problem = writeReport(options.html, validationHtml(validation, options.by));
    if (problem !== null) return printProblems([problem], options);
  }
  if (options.json) printJson(validationJson(validation, version));
  else printLines(renderText(validation, options));
  return exitCodes.done;
}

function renderText(validation: Validation, {by, rows}: ValidateOptions): string[] {
  const page = terminalPage();
  const summary = renderValidation(page, validation, by);
  return rows ? [...renderValidationRows(page, validation.rows), '', ...summary] : summary;
}
