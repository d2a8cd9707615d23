import {fit, padEnd, padStart} from '../../../report/page/display-width.js';
import type {Page} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import {
  formatBinaryBytes,
  formatEnergy,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../../../units/format-quantity.js';
import type {Row} from '../../planning/reply.js';
import {type LayoutColumn, layoutKeyOf, shownColumns} from '../../state/layout-columns.js';
import {isPinned} from '../../state/pins.js';
import type {RowOrder} from '../../state/row-order.js';
import {rowsOf, type State, selectedRow} from '../../state/state.js';
import {mark} from '../../widgets/marks.js';
import {memoryBar} from '../../widgets/memory-cell.js';
import {isStale} from '../headline.js';

interface Column {
  readonly title: string;
  readonly columns: number;
  readonly align: 'left' | 'right';
  /** Goes first where there is no room; 0 stays. */
  readonly drop: number;
  readonly cell: (row: Row) => string;
  readonly degree: LayoutColumn | null;
  readonly order: RowOrder | null;
}

const gap = 2;
const gibibyte = 2 ** 30;
const memoryBarColumns = 9;
/** Columns of the cursor before each row. */
const cursorColumns = 2;

/** The best layouts, the selected one marked, in at most `rows` lines. */
export function layoutsTable(page: Page, state: State, columns: number, rows: number): string[] {
  const simulations = rowsOf(state);
  const shown = columnsThatFit(tableColumns(page, simulations, state), columns - cursorColumns);
  const degrees = shownColumns(simulations);
  const cursorField = degrees[Math.min(state.column, degrees.length - 1)]?.field;
  const selected = selectedRow(state);
  const at = selected === null ? -1 : simulations.indexOf(selected);
  const room = Math.max(1, rows - 1);
  const first = Math.max(0, Math.min(at - room + 1, simulations.length - room));
  const stale = isStale(state) || state.problems.length > 0;
  const header = shown.map(column => headerCell(page, state, column)).join(' '.repeat(gap));
  const lines = simulations.slice(first, first + room).map((row, i) => {
    const here = first + i === at;
    const cells = shown.map(column => {
      const onCursor = here && state.pane === 'table' && column.degree?.field === cursorField;
      return tableCell(page, state, column, row, {here, onCursor, stale});
    });
    const cursor = here && state.pane === 'table' && !page.color ? indexOfField(shown, cursorField) : -1;
    return `${here ? mark(page, 'cursor') : ' '}${cells.map((cell, c) => bracketed(cell, c, cursor)).join('')}`;
  });
  return [`  ${header}`, ...lines].map(line => fit(line, columns));
}

/** Signs behind a title: it is pinned, or the rows are ordered by it. */
function marksOf(state: State, column: Pick<Column, 'degree' | 'order'>): number {
  return Number(isPinnedColumn(state, column)) + Number(isOrdered(state, column));
}

function isPinnedColumn({document}: State, {degree}: Pick<Column, 'degree'>): boolean {
  return degree !== null && isPinned(document, degree.field);
}

function isOrdered({order: chosen}: State, {order}: Pick<Column, 'order'>): boolean {
  return order !== null && order === chosen;
}

function headerCell(page: Page, state: State, column: Column): string {
  const {title, columns, align} = column;
  const pinned = isPinnedColumn(state, column);
  const ordered = isOrdered(state, column);
  const text = `${title}${pinned ? mark(page, 'pin') : ''}${ordered ? (page.unicode ? '↓' : '^') : ''}`;
  const cell = align === 'right' ? padStart(text, columns) : padEnd(text, columns);
  return paint(page, pinned || ordered ? 'warning' : 'quiet', cell);
}

interface CellState {
  readonly here: boolean;
  readonly onCursor: boolean;
  readonly stale: boolean;
}

function tableCell(
  page: Page,
  state: State,
  {cell, columns, align, degree}: Column,
  row: Row,
  {here, onCursor, stale}: CellState,
): string {
  const text = cell(row);
  const aligned = align === 'right' ? padStart(text, columns) : padEnd(text, columns);
  if (onCursor) return paint(page, 'selected', aligned);
  if (degree !== null && isPinned(state.document, degree.field)) return paint(page, 'pinned', aligned);
  if (stale) return paint(page, 'quiet', aligned);
  return here ? paint(page, 'title', aligned) : aligned;
}

function indexOfField(columns: readonly Column[], field: LayoutColumn['field'] | undefined): number {
  return columns.findIndex(({degree}) => degree !== null && degree.field === field);
}

/** A cell behind its gap. Without colours brackets in the gaps show where the cursor is; -1: nowhere. */
function bracketed(cell: string, index: number, cursor: number): string {
  const before = index === 0 ? '' : index - 1 === cursor ? ']' : ' ';
  return `${before}${index === cursor ? '[' : ' '}${cell}`;
}

function tableColumns(page: Page, rows: readonly Row[], state: State): Column[] {
  const rightmost = {align: 'right', degree: null} as const;
  const figures: (Omit<Column, 'columns'> & {readonly width?: number})[] = [
    {...rightmost, title: 'step', drop: 0, order: 'step', cell: ({step}) => formatSeconds(step.p50)},
    {
      ...rightmost,
      title: 'MFU',
      drop: 7,
      order: null,
      cell: ({utilization}) => formatPercent(utilization.modelFlopsUtilization).replace(' ', ''),
    },
    {
      title: capacityTitle(rows),
      align: 'left',
      degree: null,
      width: memoryBarColumns,
      drop: 6,
      order: 'memory',
      cell: ({estimate}) => memoryBar(page, estimate.memory, memoryBarColumns),
    },
    {
      ...rightmost,
      title: 'GiB',
      drop: 2,
      order: null,
      cell: ({estimate: {memory}}) => formatNumber((memory.peakBytes + memory.outsideBytes) / gibibyte),
    },
    {...rightmost, title: 'run', drop: 1, order: null, cell: ({run}) => formatSeconds(run.seconds.p50)},
    {...rightmost, title: 'P90', drop: 9, order: 'P90', cell: ({run}) => formatSeconds(run.seconds.p90)},
    {
      ...rightmost,
      title: 'cost',
      drop: 8,
      order: 'cost',
      cell: ({run}) => (run.costUsd === null ? mark(page, 'none') : formatUsd(run.costUsd)),
    },
    {
      ...rightmost,
      title: 'energy',
      // What the goal is about stays in sight.
      drop: rows[0]?.plan.goal.minimize === 'energy' ? 0 : 10,
      order: 'energy',
      cell: ({run}) => formatEnergy(run.energyJoules),
    },
  ];
  const degrees = shownColumns(rows).map(degree => ({
    title: degree.title,
    align: 'right' as const,
    drop: droppable[degree.title] ?? 0,
    degree,
    order: null,
    cell: ({layout}: Row) => degree.cell(layout),
  }));
  return [...degrees, ...figures].map(column => ({
    ...column,
    columns: Math.max(
      column.title.length + marksOf(state, column),
      ...('width' in column ? [column.width] : rows.map(row => column.cell(row).length)),
    ),
  }));
}

const droppable: Readonly<Record<string, number>> = {ZeRO: 4, recompute: 5, vpp: 3, mbs: 3};

function capacityTitle(rows: readonly Row[]): string {
  const capacity = rows[0]?.estimate.memory.capacityBytes;
  return capacity === undefined ? 'of' : `of ${formatBinaryBytes(capacity)}`;
}

function columnsThatFit(all: readonly Column[], room: number): readonly Column[] {
  const width = (kept: readonly Column[]) => kept.reduce((sum, {columns}) => sum + columns + gap, -gap);
  let kept = all;
  while (width(kept) > room && kept.some(({drop}) => drop > 0)) {
    const most = Math.max(...kept.map(({drop}) => drop));
    kept = kept.filter(({drop}) => drop !== most);
  }
  return kept;
}

/** Whether the layout is the best one. */
export function isBest(state: State, row: Row): boolean {
  const best = state.answer?.answer.rows[0];
  return best !== undefined && layoutKeyOf(best.layout) === layoutKeyOf(row.layout);
}
