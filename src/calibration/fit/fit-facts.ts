import {type StackFact, withShifts} from './fact.js';
import {leastSquares} from './least-squares.js';
import {groupRuns, type TimedRun} from './timed-run.js';

/** How far measured runs move each fact from where their stacks have it. */
export interface FactFit {
  /** On the scale of each fact. */
  readonly shifts: readonly number[];
  /** Share of the prior's variance that the runs took away, 0 to 1: near 0 they say nothing of this fact. */
  readonly identified: readonly number[];
}

/** What the model leaves over on a good day; a run's error counts in units of it. */
const noise = 0.05;

/** Scales reach far beyond the bounds of any fact, which hold in `withShifts`. */
const farthest = 8;

/**
 * Fits one shift of each fact to runs of one stack, or of several that share it.
 *
 * Errors are logarithms of predicted over measured. Runs of one sweep share their errors, so that a
 * sweep of n runs counts as the square root of n. Each shift is drawn to 0 and facts stay within
 * physical bounds: a few runs move what they determine, and nothing else.
 *
 * @param confidence how much narrower the priors are than the facts' own, 1 or less
 */
export function fitFacts(facts: readonly StackFact[], runs: readonly TimedRun[], confidence = 1): FactFit {
  const spread = facts.map(fact => fact.spread * confidence);
  const sweeps = groupRuns(runs, run => run.sweep);
  const {x, deviation} = leastSquares({
    prior: facts.map(() => 0),
    spread,
    low: facts.map(() => -farthest),
    high: facts.map(() => farthest),
    weights: runs.map(({sweep}) => (sweeps.get(sweep)?.length ?? 1) ** -0.5),
    residuals: shifts =>
      runs.map(run => logError(run, run.predict(withShifts(run.stack, facts, shifts))) / noise),
  });
  return {
    shifts: x,
    identified: deviation.map((d, k) => 1 - Math.min(1, (d / (spread[k] as number)) ** 2)),
  };
}

/** Logarithm of predicted over measured. */
export function logError({stepSeconds}: TimedRun, predicted: number): number {
  return Math.log(predicted / stepSeconds);
}
