import {type Command, Option} from 'commander';
import {alwaysHardware, hardwareMatcher} from '../../calibration/match-hardware.js';
import {matchRow, type RowContext} from '../../calibration/rows/match.js';
import {predictRow} from '../../calibration/rows/predict.js';
import {type Grouping, groupings, summarize, type Validation} from '../../calibration/summary/summarize.js';
import {readHardware} from '../../plan-file/library/library.js';
import {profilesVariable} from '../../plan-file/library/presets.js';
import {suggestion} from '../../plan-file/nearest-word.js';
import type {Problem} from '../../plan-file/problem.js';
import {problemOfFile} from '../../plan-file/source.js';
import {readTableText} from '../../plan-file/tables/read-csv-file.js';
import type {OperatorTable} from '../../plan-file/tables/read-operator-tables.js';
import {readRunTables} from '../../plan-file/tables/read-run-tables.js';
import {publishedRunsFile, readAllHardware, readRowKnowledge} from '../../plan-file/tables/row-knowledge.js';
import {type TableKind, tableKindOf} from '../../plan-file/tables/table-kind.js';
import {validationHtml} from '../../report/html/validation-html.js';
import {validationJson} from '../../report/json/measured/validation-json.js';
import {renderValidationRows} from '../../report/text/measured/validation-rows.js';
import {renderValidation} from '../../report/text/measured/validation-text.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printFaults, printJson, printLines, printProblems} from '../answer/output.js';
import {stdoutStyle} from '../answer/terminal-style.js';
import {writeReport} from '../answer/write-report.js';
import {version} from '../version.js';
import {validateOperators} from './validate-operators.js';
import {type TrainingTable, validateTrainings} from './validate-trainings.js';

interface ValidateOptions {
  readonly json: boolean;
  readonly software?: string;
  readonly hardware?: string;
  readonly profiles?: string;
  readonly by: Grouping;
  readonly rows: boolean;
  readonly flagged: boolean;
  readonly html?: string;
}

export function declareValidate(command: Command): void {
  command
    .argument(
      '[file...]',
      'tables of measured runs, or of kernels and collectives (default: the published runs that come with walltime)',
    )
    .option('--software <name>', 'predict every row with this software stack')
    .option('--hardware <profile>', 'predict every row on this hardware profile')
    .option('--profiles <folder>', 'take fitted constants from here, as `npm run fit -- --out` writes them')
    .addOption(new Option('--by <group>', 'what the tables tell apart').choices(groupings).default('source'))
    .option('--rows', 'list every row', false)
    .option('--flagged', 'of kernels and collectives: rows that are flagged or of low confidence, too', false)
    .option('--html <file>', 'write the report as a page for a browser, too')
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
Each row is predicted with the hardware profile and the software stack that its columns mean. A row
that lacks what a prediction needs is skipped with the reason; a cell that cannot be read is reported
with its place on the standard error. The step time of a row whose confidence is low is predicted and
not counted; its memory counts. Rows that say OOM in a column "result" check
whether a run fits; they may stand in a table of their own:
  $ walltime validate runs.csv out-of-memory.csv

Tables of whole training runs are known by a column "device_hours" and none named "layers": each row has its
plan ID.yaml next to the table, in trainings/ or in ../cases/trainings/, and the plan's calendar is held
against the published device-hours.

Tables of single kernels and of collectives are known by a column "op" and none named "tp"; logs of
nccl-tests and rccl-tests are read as they are printed, and so is the JSON of the script that
\`walltime hardware measure\` writes. Each row is priced by the functions that price a training step, with
what the libraries reach by themselves, or what --software leaves of it, and without launch. Errors are
listed by hardware and op; a row that is not answered has its reason.
  kernels      hardware, op, seconds; m, n, k, batch, groups, seq, heads, kv_heads, head_dim, causal,
               window, hidden, vocab as the op needs them; pass, dtype, library, flag, confidence
  collectives  op, ranks, bytes, seconds; nodes, gpus_per_node, hardware, network, flag, confidence

Examples:
  $ walltime validate runs.csv --hardware h100-sxm --html report.html
  $ walltime validate kernels.csv
  $ walltime validate all_reduce.log --hardware h100-sxm --rows

Exit status: 0 done, 2 bad input: a file that is no such table, or none of its rows can be read`,
    )
    .action(async (files: string[], options: ValidateOptions) => {
      process.exitCode = await validate(files, options);
    });
}

async function validate(files: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  const trainings = trainingTables(files);
  if (trainings !== null) return validateTrainings(trainings, options);
  const operators = operatorTables(files);
  if ('problems' in operators) return printProblems(operators.problems, options);
  if (operators.tables.length > 0) return answerOperators(operators.tables, options);
  const read = readRunTables(files.length === 0 ? [publishedRunsFile()] : files);
  if ('problems' in read) return printProblems(read.problems, options);
  if (options.profiles !== undefined) process.env[profilesVariable] = options.profiles;
  const context = await rowContext(options);
  if ('problems' in context) return printProblems(context.problems, options);
  printFaults(read.faults);
  const validation = summarize(read.rows.map(row => predictRow(matchRow(row, context))));
  if (options.html !== undefined) {
    const problem = writeReport(options.html, validationHtml(validation, options.by));
    if (problem !== null) return printProblems([problem], options);
  }
  if (options.json) printJson(validationJson(validation, version));
  else printLines(renderText(validation, options));
  return exitCodes.done;
}

/** The files, where all of them are tables of whole training runs; null otherwise. */
function trainingTables(files: readonly string[]): readonly TrainingTable[] | null {
  const tables = files.flatMap(file => {
    const read = readTableText(file);
    return 'text' in read && tableKindOf(read.text) === 'trainings' ? [{file, text: read.text}] : [];
  });
  return tables.length > 0 && tables.length === files.length ? tables : null;
}

/** Those of the files that hold kernels or collectives: all of them, or none. */
function operatorTables(
  files: readonly string[],
): {readonly tables: readonly OperatorTable[]} | {readonly problems: readonly Problem[]} {
  const read = files.map(file => ({file, ...readTableText(file)}));
  const texts = read.flatMap(table => ('text' in table ? [{...table, kind: tableKindOf(table.text)}] : []));
  const tables = texts.flatMap(({kind, ...table}) => (isOfRuns(kind) ? [] : [{...table, kind}]));
  // The reader of runs reports files that cannot be read.
  if (tables.length === 0) return {tables};
  const problems = read.flatMap(table => ('problems' in table ? table.problems : []));
  const runs = texts.filter(({kind}) => isOfRuns(kind));
  const message = 'holds training runs, and another of the files kernels or collectives';
  const hint = 'call validate once for each kind';
  problems.push(...runs.map(({file}) => problemOfFile(file, {message, hint})));
  return problems.length > 0 ? {problems} : {tables};
}

function isOfRuns(kind: TableKind): kind is 'runs' | 'trainings' {
  return kind === 'runs' || kind === 'trainings';
}

async function answerOperators(
  tables: readonly OperatorTable[],
  options: ValidateOptions,
): Promise<ExitCode> {
  if (options.html !== undefined) {
    const [file = ''] = tables.map(table => table.file);
    const message = 'has no page: only training runs have one';
    return printProblems([problemOfFile(file, {message, hint: 'leave out --html, or use --json'})], options);
  }
  if (options.profiles !== undefined) process.env[profilesVariable] = options.profiles;
  const context = await rowContext(options);
  if ('problems' in context) return printProblems(context.problems, options);
  return validateOperators(tables, context, options);
}

/** What rows are matched to: the machine and the stack that the user names, or all that come with walltime. */
async function rowContext({
  hardware,
  software,
}: ValidateOptions): Promise<RowContext | {readonly problems: readonly Problem[]}> {
  const named = hardware === undefined ? null : await readHardware(hardware);
  if (named !== null && 'problems' in named) return named;
  const read = named === null ? await readAllHardware() : {profiles: [named.profile]};
  if ('problems' in read) return read;
  const known = [...new Set(read.profiles.flatMap(profile => Object.keys(profile.software)))].sort();
  if (software !== undefined && !known.includes(software)) {
    const message = `unknown software stack "${software}"`;
    const hint = suggestion(software, known);
    return {problems: [{file: '--software', line: 1, column: 1, path: '', message, hint}]};
  }
  const machineNamed = named === null ? hardwareMatcher(read.profiles) : alwaysHardware(named.profile);
  return {...(await readRowKnowledge()), machineNamed, software: software ?? null};
}

function renderText(validation: Validation, {by, rows}: ValidateOptions): string[] {
  const style = stdoutStyle();
  const summary = renderValidation(style, validation, by);
  return rows ? [...renderValidationRows(style, validation.rows), '', ...summary] : summary;
}
