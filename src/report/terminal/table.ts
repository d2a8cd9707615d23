import {displayWidth, padEnd, padStart, truncate} from './display-width.js';
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
  const visible = columnsThatFit(columns, widths, room);
  const total = lineWidth(visible, widths);
  const first = visible[0];
  if (first !== undefined && total > room) widths[first] = Math.max(6, (widths[first] ?? 0) - (total - room));
  const line = (cells: readonly string[]) =>
    indent + visible.map(i => cell(cells[i] ?? '', columns[i], widths[i] ?? 0)).join(gap);
  const header = columns.some(({title}) => title !== '')
    ? [paint(style, 'quiet', line(columns.map(({title}) => title)).trimEnd())]
    : [];
  return [...header, ...rows.map(row => line(row).trimEnd())];
}

function columnsThatFit(columns: readonly Column[], widths: readonly number[], room: number): number[] {
  let visible = columns.map((_, i) => i);
  while (lineWidth(visible, widths) > room) {
    const droppable = visible.filter(i => (columns[i]?.drop ?? 0) > 0);
    if (droppable.length === 0) break;
    const next = droppable.reduce((most, i) =>
      (columns[i]?.drop ?? 0) >= (columns[most]?.drop ?? 0) ? i : most,
    );
    visible = visible.filter(i => i !== next);
  }
  return visible;
}

function lineWidth(visible: readonly number[], widths: readonly number[]): number {
  return visible.reduce((sum, i) => sum + (widths[i] ?? 0), gap.length * Math.max(0, visible.length - 1));
}

function cell(text: string, column: Column | undefined, width: number): string {
  const cut = truncate(text, width);
  return column?.align === 'right' ? padStart(cut, width) : padEnd(cut, width);
}
