import type {ComparedItem} from '../planning/job.js';
import type {ComparisonResult, Row} from '../planning/reply.js';
import {orderedRows} from './row-order.js';
import {plannedText, type State} from './state.js';

/** Items to compare: the plan on its own machine, then the chosen ones. */
export function itemsToCompare({document, comparedItems}: State): readonly ComparedItem[] {
  const own = document.at(['cluster', 'hardware']);
  if (own === null) return comparedItems;
  const others = comparedItems.filter(({kind, name}) => kind === 'plan' || name !== own);
  return [{kind: 'machine', name: own}, ...others];
}

/** Results of the comparison for the plan as it is now. */
export function currentResults(state: State): readonly ComparisonResult[] {
  return state.compared?.text === plannedText(state) ? state.compared.results : [];
}

export function isSameItem(a: ComparedItem, b: ComparedItem): boolean {
  return a.kind === b.kind && a.name === b.name;
}

/** Lines of the comparison: in the order of their choice, and once all are planned the best one first. */
export function itemsInOrder(state: State): readonly ComparedItem[] {
  const all = itemsToCompare(state);
  const results = currentResults(state);
  if (results.length < all.length) return all;
  const fitting = results.flatMap(({item, row}) => (row === null ? [] : [{item, row}]));
  const rows = fitting.map(({row}) => row).sort((a, b) => goalFigureOf(a) - goalFigureOf(b));
  const first = orderedRows(rows, state.order).flatMap(row =>
    fitting.filter(found => found.row === row).map(({item}) => item),
  );
  return [...first, ...all.filter(item => !first.some(other => isSameItem(item, other)))];
}

/** The figure that a row's plan minimizes. */
function goalFigureOf({plan: {goal}, run, estimate: {memory}, loss}: Row): number {
  switch (goal.minimize) {
    case 'time':
      return run.seconds.p50;
    case 'cost':
      return run.costUsd ?? Number.MAX_VALUE;
    case 'energy':
      return run.energyJoules;
    case 'memory':
      return memory.neededBytes / memory.capacityBytes;
    case 'loss':
      return loss.value;
  }
}
