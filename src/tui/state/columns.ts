import type {Layout} from '../../layout/layout.js';
import {recomputeInWords} from '../../report/text/layout-words.js';
import type {Row} from '../planning/answers.js';

/** A column of the table of layouts that a pin can hold. */
export interface DegreeColumn {
  readonly field: keyof Layout;
  readonly title: string;
  readonly cell: (layout: Layout) => string;
  /** Shown only where some layout of the table differs from this. */
  readonly plain?: string;
}

const zeroStages = {none: '0', optimizer: '1', gradients: '2', parameters: '3'} as const;

export const degreeColumns: readonly DegreeColumn[] = [
  {field: 'tensor', title: 'tp', cell: ({tensor}) => String(tensor)},
  {field: 'context', title: 'cp', cell: ({context}) => String(context), plain: '1'},
  {field: 'expert', title: 'ep', cell: ({expert}) => String(expert), plain: '1'},
  {field: 'pipeline', title: 'pp', cell: ({pipeline}) => String(pipeline)},
  {field: 'virtualStages', title: 'vpp', cell: ({virtualStages}) => String(virtualStages)},
  {field: 'data', title: 'dp', cell: ({data}) => String(data)},
  {field: 'microBatch', title: 'mbs', cell: ({microBatch}) => String(microBatch)},
  {field: 'sharding', title: 'ZeRO', cell: ({sharding}) => zeroStages[sharding]},
  {field: 'recompute', title: 'recompute', cell: recomputeInWords},
  {field: 'offload', title: 'offload', cell: ({offload}) => offload, plain: 'none'},
];

/** What the rows of the table can be ordered by. */
export const orders = ['step', 'memory', 'cost', 'P90'] as const;
export type Order = (typeof orders)[number];

const measures: Readonly<Record<Order, (row: Row) => number>> = {
  step: row => row.step.p50,
  memory: ({estimate}) => estimate.memory.peakBytes,
  cost: ({run}) => run.costUsd ?? run.deviceHours,
  P90: ({run}) => run.seconds.p90,
};

/** Rows in an order; equal ones as the search ranks them. */
export function orderedRows(rows: readonly Row[], order: Order): readonly Row[] {
  if (order === 'step') return rows;
  return [...rows].sort((a, b) => measures[order](a) - measures[order](b));
}

/** The columns that say something about these rows. */
export function shownColumns(rows: readonly Row[]): readonly DegreeColumn[] {
  return degreeColumns.filter(
    ({plain, cell}) => plain === undefined || rows.some(({layout}) => cell(layout) !== plain),
  );
}

/** Tells one layout of a table from the others. */
export function layoutKey(layout: Layout): string {
  return JSON.stringify(layout);
}
