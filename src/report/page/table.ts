import {displayWidth, padEnd, padStart, truncate} from './display-width.js';
import type {TerminalStyle} from './page.js';
import {paint} from './paint.js';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Where a page is too narrow the highest numbers go first; 0 stays. */
  readonly drop: number;
}

export interface Table {
  readonly columns: readonly Column[];
  /** Cells without colours. */
  readonly rows: readonly (readonly string[])[];
}

const gap = '  ';

/** A table that gives up columns, and cuts its first one last, until it fits the page. */
export function renderTable(page: TerminalStyle, {columns, rows}: Table, indent = ''): string[] {
  const widths = columns.map(({title}, i) =>
    Math.max(displayWidth(title), ...rows.map(row => displayWidth(row[i] ?? ''))),
  );
  const room = page.width - indent.length;
  const kept = columnsThatFit(columns, widths, room);
  const total = lineWidth(kept, widths);
  const first = kept[0];
  if (first !== undefined && total > room) widths[first] = Math.max(6, (widths[first] ?? 0) - (total - room));
  const line = (cells: readonly string[]) =>
    indent + kept.map(i => cell(cells[i] ?? '', columns[i], widths[i] ?? 0)).join(gap);
  const header = columns.some(({title}) => title !== '')
    ? [paint(page, 'quiet', line(columns.map(({title}) => title)).trimEnd())]
    : [];
  return [...header, ...rows.map(row => line(row).trimEnd())];
}

function columnsThatFit(columns: readonly Column[], widths: readonly number[], room: number): number[] {
  let kept = columns.map((_, i) => i);
  while (lineWidth(kept, widths) > room) {
    const droppable = kept.filter(i => (columns[i]?.drop ?? 0) > 0);
    if (droppable.length === 0) break;
    const next = droppable.reduce((most, i) =>
      (columns[i]?.drop ?? 0) >= (columns[most]?.drop ?? 0) ? i : most,
    );
    kept = kept.filter(i => i !== next);
  }
  return kept;
}

function lineWidth(kept: readonly number[], widths: readonly number[]): number {
  return kept.reduce((sum, i) => sum + (widths[i] ?? 0), gap.length * Math.max(0, kept.length - 1));
}

function cell(text: string, column: Column | undefined, width: number): string {
  const cut = truncate(text, width);
  return column?.align === 'right' ? padStart(cut, width) : padEnd(cut, width);
}
