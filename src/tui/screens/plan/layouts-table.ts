import {padEnd, padStart} from '../../../report/terminal/display-width.js';
import {fittingColumns} from '../../../report/terminal/fitting-columns.js';
import {type Paint, paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import type {Row} from '../../planning/reply.js';
import {shownColumns} from '../../state/layout-columns.js';
import {isStale, rowsOf, type State, selectedRow} from '../../state/state.js';
import {mark} from '../../widgets/marks.js';
import {type TableColumn, tableColumns} from './table-columns.js';

const gap = 2;
/** Columns of the cursor before each row. */
const cursorColumns = 2;

/** The best layouts on at most `rows` lines, the selected one marked. */
export function layoutsTable(style: TerminalStyle, state: State, rows: number): string[] {
  const layouts = rowsOf(state);
  const columns = fittingColumns(tableColumns(style, state), style.width - cursorColumns + gap, gap);
  const selected = selectedRow(state);
  const at = selected === null ? -1 : layouts.indexOf(selected);
  const room = Math.max(1, rows - 1);
  const first = Math.max(0, Math.min(at - room + 1, layouts.length - room));
  const header = columns.map(column => headerCell(style, column)).join(' '.repeat(gap));
  const lines = layouts
    .slice(first, first + room)
    .map((row, i) => rowLine(style, state, columns, {row, isSelected: first + i === at}));
  return [`  ${header}`, ...lines];
}

function headerCell(style: TerminalStyle, column: TableColumn): string {
  const {title, isPinned, isOrdered} = column;
  const order = isOrdered ? mark(style, 'order') : '';
  const text = `${title}${isPinned ? mark(style, 'pin') : ''}${order}`;
  return paint(style, isPinned || isOrdered ? 'warning' : 'quiet', aligned(column, text));
}

interface TableRow {
  readonly row: Row;
  readonly isSelected: boolean;
}

function rowLine(
  style: TerminalStyle,
  state: State,
  columns: readonly TableColumn[],
  {row, isSelected}: TableRow,
): string {
  const cursor = isSelected && state.pane === 'table' ? cursorColumn(state, columns) : -1;
  const isOutdated = isStale(state) || state.problems.length > 0;
  const cells = columns.map((column, i) => {
    const text = aligned(column, column.cell(row));
    const color = cellPaint(column, {isCursor: i === cursor, isOutdated, isSelected});
    return color === null ? text : paint(style, color, text);
  });
  // Without colours, brackets in the gaps show the cursor.
  const bracketed = style.color ? -1 : cursor;
  const line = cells.map((cell, i) => `${gapBefore(i, bracketed)}${cell}`).join('');
  return `${isSelected ? mark(style, 'cursor') : ' '}${line}`;
}

/** Index of the column under the cursor; -1 if it has no room. */
function cursorColumn(state: State, columns: readonly TableColumn[]): number {
  const fields = shownColumns(rowsOf(state));
  const field = fields[Math.min(state.column, fields.length - 1)]?.field;
  return field === undefined ? -1 : columns.findIndex(column => column.field === field);
}

interface CellState {
  readonly isCursor: boolean;
  readonly isOutdated: boolean;
  readonly isSelected: boolean;
}

function cellPaint({isPinned}: TableColumn, {isCursor, isOutdated, isSelected}: CellState): Paint | null {
  if (isCursor) return 'selected';
  if (isPinned) return 'pinned';
  if (isOutdated) return 'quiet';
  return isSelected ? 'title' : null;
}

function gapBefore(index: number, bracketed: number): string {
  const end = index === 0 ? '' : index - 1 === bracketed ? ']' : ' ';
  return `${end}${index === bracketed ? '[' : ' '}`;
}

function aligned({align, columns}: TableColumn, text: string): string {
  return align === 'right' ? padStart(text, columns) : padEnd(text, columns);
}
