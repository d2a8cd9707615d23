import {parseCell} from '../cells/parse-cells.js';
import type {RowColumn} from '../cells/row-column.js';
import {columns, type RawRun} from './columns.js';

/** A value that is known better than the table of its source states it. */
export interface Correction {
  /** It holds for rows whose column `source` contains this. */
  readonly source: string;
  readonly column: string;
  readonly value: string;
  /** Place where it can be read. */
  readonly evidence: string;
}

/** The run with every correction of its source, and each of them in words. */
export function correctRun(
  run: RawRun,
  corrections: readonly Correction[],
): {readonly run: RawRun; readonly assumptions: readonly string[]} {
  const changes = corrections
    .filter(({source}) => (run.source ?? '').includes(source))
    .map(correction => ({...correction, ...fieldValue(correction)}))
    .filter(({field, corrected}) => run[field] !== corrected);
  return {
    run: {...run, ...Object.fromEntries(changes.map(({field, corrected}) => [field, corrected]))},
    assumptions: changes.map(
      ({field, column, value, evidence}) =>
        `${column} ${run[field] ?? 'not stated'} taken as ${value}: ${evidence}`,
    ),
  };
}

function fieldValue({column, value}: Correction) {
  const entries = Object.entries(columns) as [keyof RawRun, RowColumn<unknown>][];
  const entry = entries.find(([, {name}]) => name === column);
  const read = entry && parseCell(entry[1], value);
  if (entry === undefined || read === undefined || 'fault' in read) {
    throw new Error(`a correction of ${column} to "${value}" cannot be read`);
  }
  return {field: entry[0], corrected: read.value};
}
