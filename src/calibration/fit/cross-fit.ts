import {groupBy} from '../group-by.js';
import type {TimedRun} from './timed-run.js';

/** A run with a fit that has not seen it. */
export interface HeldOut<Fit> {
  readonly run: TimedRun;
  readonly fit: Fit;
}

/**
 * Fits to all but a part of the runs, for each part in turn: runs of equal `key` are held out
 * together, in at most `folds` parts. Nothing where all runs are alike.
 */
export function crossFit<Fit>(
  runs: readonly TimedRun[],
  key: (run: TimedRun) => string,
  folds: number,
  fit: (training: readonly TimedRun[]) => Fit,
): readonly HeldOut<Fit>[] {
  const groups = [...groupBy(runs, key).values()];
  const parts = Math.min(folds, groups.length);
  if (parts < 2) return [];
  // Groups that come one after the other are alike: neighbours go to different parts.
  const part = new Map(groups.flatMap((group, i) => group.map(run => [run, i % parts] as const)));
  return Array.from({length: parts}, (_, held) => {
    const fitted = fit(runs.filter(run => part.get(run) !== held));
    return runs.filter(run => part.get(run) === held).map(run => ({run, fit: fitted}));
  }).flat();
}
