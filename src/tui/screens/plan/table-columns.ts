import {fieldNamed} from '../../../layout/fields.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import {
  formatBinaryBytes,
  formatEnergy,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../../../units/format-quantity.js';
import type {Row} from '../../planning/reply.js';
import {differs, type LayoutColumn, shownColumns} from '../../state/layout-columns.js';
import {isPinned} from '../../state/pins.js';
import type {RowOrder} from '../../state/row-order.js';
import {rowsOf, type State} from '../../state/state.js';
import {memoryBar} from '../../widgets/charts/memory-bar.js';
import {mark} from '../../widgets/marks.js';

/** A column of the table of layouts. */
export interface TableColumn extends ColumnContent {
  readonly columns: number;
  readonly isPinned: boolean;
  /** True if the rows are ordered by it. */
  readonly isOrdered: boolean;
}

interface ColumnContent {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** The highest number goes first if there is no room; 0 stays. */
  readonly drop: number;
  readonly cell: (row: Row) => string;
  /** The field of the layout that it shows; null: a figure. */
  readonly field: LayoutColumn['field'] | null;
  /** The order of rows by its figure. */
  readonly order: RowOrder | null;
  /** Width of its cells; absent: that of the widest cell. */
  readonly cellColumns?: number;
}

/** Every column that the rows need, fields of the layout first. */
export function tableColumns(style: TerminalStyle, state: State): readonly TableColumn[] {
  const rows = rowsOf(state);
  return [...fieldColumns(rows), ...figureColumns(style, rows)].map(content => {
    const {title, cell, field, order, cellColumns} = content;
    const pinned = field !== null && isPinned(state.document, field);
    const isOrdered = order !== null && order === state.order;
    const heading = title.length + Number(pinned) + Number(isOrdered);
    const cells = cellColumns === undefined ? rows.map(row => cell(row).length) : [cellColumns];
    return {...content, columns: Math.max(heading, ...cells), isPinned: pinned, isOrdered};
  });
}

function fieldColumns(rows: readonly Row[]): readonly ColumnContent[] {
  return shownColumns(rows).map(column => ({
    title: column.title,
    align: 'right',
    drop: fieldDrop(rows, column),
    cell: ({layout}) => column.cell(layout),
    field: column.field,
    order: null,
  }));
}

/** The degrees that every layout has stay; a column in which no rows differ goes before one in which they do. */
function fieldDrop(rows: readonly Row[], column: LayoutColumn): number {
  const {scope, written} = fieldNamed(column.field);
  if (scope === 'degrees' && written === 'always') return 0;
  return differs(rows, column) ? 3 : 5;
}

const memoryBarColumns = 9;
const gibibyte = 2 ** 30;

function figureColumns(style: TerminalStyle, rows: readonly Row[]): readonly ColumnContent[] {
  const figure = {align: 'right', field: null, order: null} as const;
  const capacity = rows[0]?.estimate.memory.capacityBytes;
  return [
    {...figure, title: 'step', drop: 0, order: 'step', cell: ({step}) => formatSeconds(step.p50)},
    {
      ...figure,
      title: 'MFU',
      drop: 7,
      cell: ({utilization}) => formatPercent(utilization.modelFlopsUtilization).replace(' ', ''),
    },
    {
      ...figure,
      title: capacity === undefined ? 'of' : `of ${formatBinaryBytes(capacity)}`,
      align: 'left',
      cellColumns: memoryBarColumns,
      drop: 6,
      order: 'memory',
      cell: ({estimate}) => memoryBar(style, estimate.memory, memoryBarColumns),
    },
    {
      ...figure,
      title: 'GiB',
      drop: 2,
      cell: ({estimate: {memory}}) => formatNumber(memory.neededBytes / gibibyte),
    },
    {...figure, title: 'calendar', drop: 1, cell: ({run}) => formatSeconds(run.seconds.p50)},
    {...figure, title: 'P90', drop: 9, order: 'P90', cell: ({run}) => formatSeconds(run.seconds.p90)},
    {
      ...figure,
      title: 'cost',
      drop: 8,
      order: 'cost',
      cell: ({run}) => (run.costUsd === null ? mark(style, 'none') : formatUsd(run.costUsd)),
    },
    {
      ...figure,
      title: 'energy',
      // A figure that the goal minimizes stays.
      drop: rows[0]?.plan.goal.minimize === 'energy' ? 0 : 10,
      order: 'energy',
      cell: ({run}) => formatEnergy(run.energyJoules),
    },
  ];
}
