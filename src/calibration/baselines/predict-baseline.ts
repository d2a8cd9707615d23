import {groupBy} from '../statistics.js';
import {type BaselineName, baselines} from './baselines.js';
import {fitTerms, sumOfTerms} from './fit-terms.js';
import type {StepWork} from './step-work.js';

/** A run as a baseline sees it. */
export interface BaselineRun {
  readonly sweep: string;
  readonly hardware: string;
  readonly software: string;
  readonly work: StepWork;
  readonly stepSeconds: number;
}

/** Parts that a cross-validation leaves out one after the other. */
const numFolds = 5;

/** With fewer runs of a machine and a stack, those of a wider set are fitted to. */
const fewestRuns = 5;

/**
 * Step time of each run by a baseline that was fitted to the others, cross-validated: no run of a
 * sweep is fitted to where the sweep is predicted.
 *
 * Coefficients belong to a machine and a software stack; where too few runs of both are left, to the
 * stack on all machines, or to all runs. NaN for a run where no other sweep is.
 */
export function predictBaseline(name: BaselineName, runs: readonly BaselineRun[]): readonly number[] {
  const {terms} = baselines[name];
  const folds = foldsByGroup(runs.map(({sweep}) => sweep));
  const predicted = runs.map(() => Number.NaN);
  for (let fold = 0; fold < numFolds; fold += 1) {
    const coefficients = fitByMachine(
      runs.filter((_, i) => folds[i] !== fold),
      terms,
    );
    runs.forEach((run, i) => {
      if (folds[i] === fold) predicted[i] = sumOfTerms(terms(run.work), coefficients(run) ?? [Number.NaN]);
    });
  }
  return predicted;
}

type Machine = Pick<BaselineRun, 'hardware' | 'software'>;

/** Sets that a run belongs to, narrowest first. */
const sets: readonly ((run: Machine) => string)[] = [
  ({hardware, software}) => `${hardware} ${software}`,
  ({software}) => software,
  () => 'all',
];

function fitByMachine(
  runs: readonly BaselineRun[],
  terms: (work: StepWork) => readonly number[],
): (run: Machine) => readonly number[] | undefined {
  const fitted = sets.map((setOf, width) => {
    const fewest = width === sets.length - 1 ? 1 : fewestRuns;
    const large = [...groupBy(runs, setOf)].filter(([, group]) => group.length >= fewest);
    return new Map(
      large.map(([key, group]) => [
        key,
        fitTerms(group.map(({work, stepSeconds}) => ({terms: terms(work), measured: stepSeconds}))),
      ]),
    );
  });
  return run => sets.map((setOf, width) => fitted[width]?.get(setOf(run))).find(known => known !== undefined);
}

/**
 * The fold of each run. Runs of one group stay together, so that none is predicted by constants that
 * were fitted to another of its group; groups go to the folds in turn.
 */
function foldsByGroup(groups: readonly string[]): readonly number[] {
  const folds = new Map<string, number>();
  return groups.map(group => {
    const known = folds.get(group);
    if (known !== undefined) return known;
    const next = folds.size % numFolds;
    folds.set(group, next);
    return next;
  });
}
