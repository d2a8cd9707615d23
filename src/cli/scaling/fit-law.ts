import {type Command, InvalidArgumentError, Option} from 'commander';
import {type LossRuns, lossRuns, type RunColumns, runNames} from '../../import/loss-runs.js';
import {suggestion} from '../../plan-file/nearest-word.js';
import type {Problem} from '../../plan-file/problem.js';
import {problemOfFile} from '../../plan-file/source.js';
import {readCsvFile, tableProblem} from '../../plan-file/tables/read-csv-file.js';
import {lawFitJson} from '../../report/json/law-fit-json.js';
import {renderLawFit} from '../../report/text/law-fit-text.js';
import type {Expression} from '../../scaling/expression/compile-formula.js';
import {fitLaw} from '../../scaling/fit/fit-law.js';
import {coefficientNames} from '../../scaling/loss/loss-form.js';
import {type LossInputName, lossInputNames} from '../../scaling/loss/loss-inputs.js';
import type {LossLaw} from '../../scaling/loss/loss-law.js';
import {type LossLawName, lossLawNames, lossLaws} from '../../scaling/loss/loss-laws.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printJson, printLines, printProblems} from '../answer/output.js';
import {makeProgress} from '../answer/progress.js';
import {stdoutStyle} from '../answer/terminal-style.js';
import {parsePositiveWholeNumber, parseWholeNumber} from '../option-values.js';
import {version} from '../version.js';

/** Columns by input. */
type Inputs = Readonly<Partial<Record<LossInputName, string>>>;

interface FitLawOptions {
  readonly law: LossLawName;
  readonly n?: string;
  readonly d?: string;
  readonly c?: string;
  readonly loss: string;
  readonly input?: Inputs;
  readonly where?: string;
  readonly bootstraps: number;
  readonly seed: number;
  readonly json: boolean;
}

export function declareFitLaw(command: Command): void {
  command
    .argument('<csv>', 'table of runs, one row a run')
    .addOption(
      new Option('--law <name>', 'loss law whose form is fitted').choices(lossLawNames).makeOptionMandatory(),
    )
    .option('--n <column>', 'parameters')
    .option('--d <column>', 'tokens')
    .option('--c <column>', 'training FLOP, instead of --n or --d: C = 6 N D')
    .requiredOption('--loss <column>', 'loss that the run ended with')
    .option(
      '--input <name=column>',
      `a further input of the law: ${optionalInputs.join(', ')}; may be given again`,
      addInput,
    )
    .option('--where <condition>', `rows to keep, over ${runNames.slice(0, 4).join(', ')} and the inputs`)
    .option('--bootstraps <n>', 'resamples that the errors come from', bootstrapCount, 200)
    .option('--seed <n>', 'of the resamples', parseWholeNumber, 1)
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
The sum of the Huber losses of the log residuals is minimized from a grid of starts. The errors come
from fits to rows drawn again with replacement; low and high bound 80 % of them.

Example:
  $ walltime fit-law runs.csv --law besiroglu --n params --d tokens --loss val_loss --where 'd / n >= 1'

Exit status: 0 done, 2 bad input`,
    )
    .action(async (file: string, options: FitLawOptions) => {
      process.exitCode = await fit(file, options);
    });
}

const optionalInputs = lossInputNames.slice(2);

function addInput(text: string, given: Inputs | undefined): Inputs {
  const [, name = '', column = ''] = /^(\w+)=(.+)$/.exec(text) ?? [];
  const known = optionalInputs.find(input => input === name);
  if (known === undefined)
    throw new InvalidArgumentError(`Write ${suggestion(name, optionalInputs)} and the column behind =.`);
  return {...given, [known]: column};
}

function bootstrapCount(text: string): number {
  const count = parsePositiveWholeNumber(text);
  if (count < 2) throw new InvalidArgumentError('Two resamples is the least that errors come from.');
  return count;
}

async function fit(file: string, options: FitLawOptions): Promise<ExitCode> {
  const law: LossLaw = lossLaws[options.law];
  const wrongOptions = [...countProblems(options), ...inputProblems(law, options)];
  if (wrongOptions.length > 0) return printOptionProblems(wrongOptions, options);
  const where = await condition(options.where);
  if (where !== null && 'message' in where) return printOptionProblems([where], options);
  const read = readRuns(file, columnsOf(options), where);
  if ('problems' in read) return printProblems(read.problems, options);
  const needed = coefficientNames(law.form).length + 1;
  if (read.runs.length < needed) {
    const message = `has ${read.runs.length} rows to fit, ${options.law} needs ${needed} or more`;
    const leftOut = `${read.incomplete} have an empty cell, ${read.filtered} are filtered out`;
    return printProblems([problemOfFile(file, {message, hint: leftOut})], options);
  }
  const progress = makeProgress('fitting');
  const fitted = fitLaw(law.form, read.runs, {...options, onProgress: progress.update});
  progress.finish();
  const answer = {name: options.law, law, fit: fitted, left: read, options};
  if (options.json) printJson(lawFitJson(answer, version));
  else printLines(renderLawFit(stdoutStyle(), answer));
  return exitCodes.done;
}

/** An option, what is wrong with it, and what to do. */
interface OptionProblem {
  readonly option: string;
  readonly message: string;
  readonly hint: string;
}

function countProblems({n, d, c}: FitLawOptions): OptionProblem[] {
  if ([n, d, c].filter(column => column !== undefined).length === 2) return [];
  const hint = 'the third follows from C = 6 N D';
  return [{option: '--n, --d, --c', message: 'two of them name columns, not more and not fewer', hint}];
}

function inputProblems({form}: LossLaw, {law, input = {}}: FitLawOptions): OptionProblem[] {
  const missing = form.reads.filter(name => input[name] === undefined);
  const unused = Object.keys(input).filter(name => !form.reads.some(read => read === name));
  return [
    ...missing.map(name => ({
      option: '--input',
      message: `${law} reads ${name} as well`,
      hint: `write --input ${name}=COLUMN`,
    })),
    ...unused.map(name => ({
      option: '--input',
      message: `${law} does not read ${name}`,
      hint: 'take it out',
    })),
  ];
}

/** mathjs is loaded only where there is a condition. */
async function condition(text: string | undefined): Promise<Expression | OptionProblem | null> {
  if (text === undefined) return null;
  const {compileExpression} = await import('../../scaling/expression/compile-expression.js');
  const compiled = compileExpression(text, runNames, 'condition');
  return 'message' in compiled ? {option: '--where', ...compiled} : compiled;
}

function printOptionProblems(problems: readonly OptionProblem[], options: FitLawOptions): ExitCode {
  const located: Problem[] = problems.map(({option, message, hint}) => ({
    file: 'fit-law',
    line: 1,
    column: 1,
    path: option,
    message,
    hint,
  }));
  return printProblems(located, options);
}

function columnsOf({n, d, c, loss, input}: FitLawOptions): RunColumns {
  const named = {parameters: n, tokens: d, flop: c, loss, ...input};
  return Object.fromEntries(Object.entries(named).filter(([, column]) => column !== undefined));
}

function readRuns(
  file: string,
  columns: RunColumns,
  where: Expression | null,
): LossRuns | {readonly problems: readonly Problem[]} {
  const table = readCsvFile(file);
  if ('problems' in table) return table;
  const missing = Object.values(columns).filter(column => !table.columns.includes(column));
  if (missing.length > 0) {
    return {
      problems: missing.map(column =>
        problemOfFile(file, {message: `has no column ${column}`, hint: suggestion(column, table.columns)}),
      ),
    };
  }
  const read = lossRuns(table.rows, columns, where);
  if ('runs' in read) return read;
  return {
    problems: read.problems.map(({row, column, text, others}) => {
      const more = others === 0 ? '' : `, nor are ${others} other cells of the column`;
      return tableProblem(file, table.placeOf(row, column), {
        path: column,
        message: `${JSON.stringify(text)} is not a number above 0${more}`,
        hint: 'correct it, or leave the cell empty to leave the row out',
      });
    }),
  };
}
