import {displayWidth, padEnd, padStart, truncate} from './display-width.js';
import {fittingColumns} from './fitting-columns.js';
import {paint} from './paint.js';
import type {TerminalStyle} from './terminal-style.js';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** If the terminal is too narrow the highest numbers go first; 0 stays. */
  readonly drop: number;
}

export interface Table {
  readonly columns: readonly Column[];
  /** Cells without colours. */
  readonly rows: readonly (readonly string[])[];
}

const gap = '  ';

/** A table that gives up columns, and cuts its first one last, until it fits the terminal. */
export function renderTable(style: TerminalStyle, {columns, rows}: Table, indent = ''): string[] {
  const widths = columns.map(({title}, i) =>
    Math.max(displayWidth(title), ...rows.map(row => displayWidth(row[i] ?? ''))),
  );
  const room = style.width - indent.length;
  const all = columns.map((column, index) => ({...column, index, columns: widths[index] ?? 0}));
  // The first column has no gap before it.
  const visible = fittingColumns(all, room + gap.length, gap.length);
  const excess = visible.reduce((sum, column) => sum + column.columns + gap.length, -gap.length) - room;
  const widthAt = (column: (typeof all)[number], place: number) =>
    place === 0 && excess > 0 ? Math.max(6, column.columns - excess) : column.columns;
  const line = (cells: readonly string[]) =>
    indent +
    visible.map((column, place) => cell(cells[column.index] ?? '', column, widthAt(column, place))).join(gap);
  const header = columns.some(({title}) => title !== '')
    ? [paint(style, 'quiet', line(columns.map(({title}) => title)).trimEnd())]
    : [];
  return [...header, ...rows.map(row => line(row).trimEnd())];
}

function cell(text: string, {align}: Column, width: number): string {
  const cut = truncate(text, width);
  return align === 'right' ? padStart(cut, width) : padEnd(cut, width);
}
