import type {Row} from '../planning/reply.js';

/** Orders of the table's rows; first the ranking by the plan's goal. */
export const rowOrders = ['goal', 'step', 'memory', 'cost', 'energy', 'P90'] as const;
export type RowOrder = (typeof rowOrders)[number];

const measures: Readonly<Record<Exclude<RowOrder, 'goal'>, (row: Row) => number>> = {
  step: row => row.step.p50,
  memory: ({estimate: {memory}}) => memory.neededBytes,
  cost: ({run}) => run.costUsd ?? run.deviceHours,
  energy: ({run}) => run.energyJoules,
  P90: ({run}) => run.seconds.p90,
};

/** Rows sorted by an order, the smallest first. Equal rows keep the goal's ranking. */
export function orderedRows(rows: readonly Row[], order: RowOrder): readonly Row[] {
  if (order === 'goal') return rows;
  return [...rows].sort((a, b) => measures[order](a) - measures[order](b));
}

/** The order after this one, in a cycle. */
export function nextOrder(order: RowOrder): RowOrder {
  return rowOrders[(rowOrders.indexOf(order) + 1) % rowOrders.length] ?? 'goal';
}

const goalMeasures = {time: 'step', cost: 'step', loss: 'step', energy: 'energy', memory: 'memory'} as const;

/** The figure that the goal minimizes. Among layouts of one plan the fastest is also the cheapest, and losses are equal. */
export function goalMeasureOf({plan: {goal}}: Row): 'step' | 'energy' | 'memory' {
  return goalMeasures[goal.minimize];
}

/** Excess of a row over another in what its goal minimizes: 0.05 is 5 %. */
export function excessOver(row: Row, other: Row): number {
  const measure = measures[goalMeasureOf(row)];
  return measure(row) / measure(other) - 1;
}
