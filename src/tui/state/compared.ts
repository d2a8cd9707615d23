import type {Comparand, Compared, Row} from '../planning/answers.js';
import {orderedRows} from './columns.js';
import type {State} from './state.js';
import {comparedWith, plannedText} from './wanted.js';

/** What is planned already of the comparison with the plan as it is. */
export function comparedNow(state: State): readonly Compared[] {
  return state.compared?.text === plannedText(state) ? state.compared.done : [];
}

export function isSame(a: Comparand, b: Comparand): boolean {
  return a.kind === b.kind && a.name === b.name;
}

/** The lines of the comparison: as they were chosen, and once all are planned the best one first. */
export function comparandsInOrder(state: State): readonly Comparand[] {
  const all = comparedWith(state);
  const done = comparedNow(state);
  if (done.length < all.length) return all;
  const fitting = done.flatMap(({comparand, row}) => (row === null ? [] : [{comparand, row}]));
  const rows = fitting.map(({row}) => row).sort((a, b) => goalFigureOf(a) - goalFigureOf(b));
  const first = orderedRows(rows, state.order).flatMap(row =>
    fitting.filter(found => found.row === row).map(({comparand}) => comparand),
  );
  return [...first, ...all.filter(comparand => !first.some(other => isSame(comparand, other)))];
}

/** What the plan of a row minimizes. */
function goalFigureOf({plan: {goal}, run, estimate: {memory}, loss}: Row): number {
  switch (goal.minimize) {
    case 'time':
      return run.seconds.p50;
    case 'cost':
      return run.costUsd ?? Number.MAX_VALUE;
    case 'energy':
      return run.energyJoules;
    case 'memory':
      return (memory.peakBytes + memory.outsideBytes) / memory.capacityBytes;
    case 'loss':
      return loss.value;
  }
}
