import type {Expression} from '../scaling/expression/compile-formula.js';
import type {ObservedLoss} from '../scaling/fit/fit-law.js';
import {type LossInputName, lossInputNames} from '../scaling/loss/loss-inputs.js';
import type {TableRow} from './csv-table.js';

/** What a column of a table of runs means. */
export type RunQuantity = LossInputName | 'flop' | 'loss';

export type RunColumns = Readonly<Partial<Record<RunQuantity, string>>>;

/** Names of formulas over a run: one letter for what the field writes so, then the other inputs. */
export const runNames = ['n', 'd', 'c', 'loss', ...lossInputNames.slice(2)] as const;

export interface LossRuns {
  readonly runs: readonly ObservedLoss[];
  /** Rows with an empty cell. */
  readonly incomplete: number;
  /** Rows that the condition does not hold for. */
  readonly filtered: number;
}

/** The first wrong cell of a column, and how many others of the column are wrong. */
export interface CellProblem {
  /** Index of the row. */
  readonly row: number;
  readonly column: string;
  readonly text: string;
  readonly others: number;
}

/** A forward and backward pass take 6 FLOP for a parameter and a token (Kaplan et al. 2020, sec. 2.1). */
const flopPerParameterToken = 6;

/**
 * Runs of a table, with the loss that each ended with. `columns` names the loss and two of parameters,
 * tokens and FLOP, of which the third follows by C = 6 N D.
 *
 * @param where over `runNames`
 */
export function lossRuns(
  rows: readonly TableRow[],
  columns: RunColumns,
  where: Expression | null,
): LossRuns | {readonly problems: readonly CellProblem[]} {
  const read = rows.map(row => readRun(row, columns));
  const keeps = read.map(run => run !== null && (where === null || where.evaluate(valuesOf(run)) === 1));
  const problems = wrongCells(rows, columns, keeps);
  if (problems.length > 0) return {problems};
  const complete = read.filter(run => run !== null);
  const runs = read.flatMap((run, i) => (run !== null && keeps[i] === true ? [run] : []));
  return {
    runs,
    incomplete: read.length - complete.length,
    filtered: complete.length - runs.length,
  };
}

/** Text that is no number, anywhere; a number that is not above 0, in the rows that are kept. */
function wrongCells(
  rows: readonly TableRow[],
  columns: RunColumns,
  keeps: readonly boolean[],
): CellProblem[] {
  return Object.values(columns).flatMap(column => {
    const wrong = rows.flatMap((row, i) => {
      const text = row[column] ?? '';
      const value = Number(text);
      const isRight = isEmpty(text) || (keeps[i] === true ? value > 0 : Number.isFinite(value));
      return isRight ? [] : [{row: i, column, text}];
    });
    const [first] = wrong;
    return first === undefined ? [] : [{...first, others: wrong.length - 1}];
  });
}

/** Tables write a value that is not there in several ways. */
function isEmpty(text: string): boolean {
  return /^\s*(nan|na|null)?\s*$/i.test(text);
}

/** Null where a cell is empty. */
function readRun(row: TableRow, columns: RunColumns): ObservedLoss | null {
  const values: Partial<Record<RunQuantity, number>> = {};
  for (const [quantity, column] of Object.entries(columns) as [RunQuantity, string][]) {
    const text = row[column] ?? '';
    if (isEmpty(text)) return null;
    values[quantity] = Number(text);
  }
  const {flop, loss = Number.NaN, ...inputs} = values;
  const {parameters = quotient(flop, inputs.tokens), tokens = quotient(flop, inputs.parameters)} = inputs;
  return {inputs: {...inputs, parameters, tokens}, loss};
}

function quotient(flop: number | undefined, factor: number | undefined): number {
  return (flop ?? Number.NaN) / (flopPerParameterToken * (factor ?? Number.NaN));
}

/** In the order of `runNames`. */
function valuesOf({inputs, loss}: ObservedLoss): number[] {
  const {parameters, tokens} = inputs;
  const others = lossInputNames.slice(2).map(name => inputs[name] ?? Number.NaN);
  return [parameters, tokens, flopPerParameterToken * parameters * tokens, loss, ...others];
}
