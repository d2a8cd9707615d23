import type {ComparedMachine} from '../planning/answers.js';
import {orderedRows} from './columns.js';
import type {State} from './state.js';
import {comparedNames, plannedText} from './wanted.js';

/** Machines that the plan as it is was planned on. */
export function comparedNow(state: State): readonly ComparedMachine[] {
  return state.compared?.text === plannedText(state) ? state.compared.machines : [];
}

/** The rows of the comparison: as they were chosen, and once all are planned the best one first. */
export function machinesInOrder(state: State): readonly string[] {
  const names = comparedNames(state);
  const done = comparedNow(state);
  if (done.length < names.length) return names;
  const rows = done.flatMap(({row}) => (row === null ? [] : [row]));
  const ranked = orderedRows(
    [...rows].sort((a, b) => a.run.seconds.p50 - b.run.seconds.p50),
    state.order,
  );
  const first = ranked.flatMap(row =>
    done.filter(machine => machine.row === row).map(({machine}) => machine),
  );
  return [...first, ...names.filter(name => !first.includes(name))];
}
