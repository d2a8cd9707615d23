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

/** What the rows of the table can be ordered by; first what the plan's goal chooses. */
export const orders = ['goal', 'step', 'memory', 'cost', 'energy', 'P90'] as const;
export type Order = (typeof orders)[number];

const measures: Readonly<Record<Exclude<Order, 'goal'>, (row: Row) => number>> = {
  step: row => row.step.p50,
  memory: ({estimate: {memory}}) => memory.peakBytes + memory.outsideBytes,
  cost: ({run}) => run.costUsd ?? run.deviceHours,
  energy: ({run}) => run.energyJoules,
  P90: ({run}) => run.seconds.p90,
};

/** Rows in an order; equal ones as the goal ranks them. */
export function orderedRows(rows: readonly Row[], order: Order): readonly Row[] {
  if (order === 'goal') return rows;
  return [...rows].sort((a, b) => measures[order](a) - measures[order](b));
}

const goalOrders = {time: 'step', cost: 'step', loss: 'step', energy: 'energy', memory: 'memory'} as const;

/** Among layouts of one plan the fastest is also the cheapest, and losses are alike. */
export function goalOrder({plan: {goal}}: Row): 'step' | 'energy' | 'memory' {
  return goalOrders[goal.minimize];
}

/** How much more of what its goal minimizes a layout takes than another: 0.05 is 5 %. */
export function overOf(row: Row, other: Row): number {
  const measure = measures[goalOrder(row)];
  return measure(row) / measure(other) - 1;
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
