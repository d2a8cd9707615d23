import {type CellFault, parseCells, type RowCells} from '../cells/parse-cells.js';
import {columns, type RawRun} from './columns.js';

/** A row of a table, each cell read by the meaning of its column. */
export interface ParsedRow {
  /** Id of the row; empty where it states none. */
  readonly id: string;
  readonly run: RawRun;
  /** Every cell that cannot be read; their fields in `run` are null. */
  readonly faults: readonly CellFault[];
  /** Cells whose spelling is not exactly the value that was taken, in words. */
  readonly assumptions: readonly string[];
}

export function parseRow(cells: RowCells): ParsedRow {
  const {stated: run, faults, assumptions} = parseCells(columns, cells);
  return {id: run.id ?? '', run, faults, assumptions};
}
