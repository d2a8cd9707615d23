import {type ColumnSet, columnUnits, type RowColumn, type StatedCells} from './row-column.js';

/** Cells of a row by column name; an empty cell is not stated. */
export type RowCells = Readonly<Record<string, string>>;

/** A cell that cannot be read. */
export interface CellFault {
  readonly column: string;
  readonly message: string;
  readonly hint: string;
}

/** Cells of a row by the field that they fill; null where one is empty or cannot be read. */
export interface ParsedCells<Columns extends ColumnSet> {
  readonly stated: StatedCells<Columns>;
  /** Every cell that cannot be read. */
  readonly faults: readonly CellFault[];
  /** Cells whose spelling is not exactly the value that was taken, in words. */
  readonly assumptions: readonly string[];
}

/** Cells of a row read by the meaning of their columns. */
export function parseCells<Columns extends ColumnSet>(of: Columns, cells: RowCells): ParsedCells<Columns> {
  const faults: CellFault[] = [];
  const assumptions: string[] = [];
  const stated: Record<string, unknown> = {};
  for (const field of Object.keys(of)) {
    const column = of[field] as RowColumn<unknown>;
    const cell = (cells[column.name] ?? '').trim();
    stated[field] = null;
    if (cell === '') continue;
    const read = parseCell(column, cell);
    if ('fault' in read) {
      faults.push({column: column.name, ...read.fault});
      continue;
    }
    stated[field] = read.value;
    if (read.loose) assumptions.push(`${column.name} ${cell}: taken as ${read.value}`);
  }
  return {stated: stated as StatedCells<Columns>, faults, assumptions};
}

type CellRead =
  | {readonly value: unknown; readonly loose: boolean}
  | {readonly fault: Omit<CellFault, 'column'>};

/** @param cell trimmed, not empty */
export function parseCell(column: RowColumn<unknown>, cell: string): CellRead {
  switch (column.kind) {
    case 'text':
      return {value: cell, loose: false};
    case 'count': {
      const value = Number(cell);
      const wanted = column.least === 0 ? 'a whole number' : `a whole number above ${column.least - 1}`;
      return Number.isSafeInteger(value) && value >= column.least
        ? {value, loose: false}
        : notNumber(cell, wanted);
    }
    case 'amount': {
      const value = Number(cell);
      return value > 0 && Number.isFinite(value)
        ? {value: value * columnUnits[column.unit], loose: false}
        : notNumber(cell, 'a number above 0');
    }
    default:
      return parseWord(column, cell);
  }
}

function notNumber(cell: string, wanted: string): CellRead {
  return {fault: {message: `${quoted(cell)} is not ${wanted}`, hint: 'correct it, or leave the cell empty'}};
}

function parseWord(
  {spellings, usage}: Extract<RowColumn<unknown>, {kind: 'word' | 'flag'}>,
  cell: string,
): CellRead {
  const folded = cell.toLowerCase();
  for (const {pattern, value, loose = false} of spellings) {
    const match = pattern.exec(folded);
    if (match !== null) return {value: typeof value === 'function' ? value(match) : value, loose};
  }
  return {fault: {message: `${quoted(cell)} is not known`, hint: `write ${usage}`}};
}

/** A cell as a message shows it. */
function quoted(cell: string): string {
  const longest = 24;
  return `"${cell.length > longest ? `${cell.slice(0, longest)}...` : cell}"`;
}
