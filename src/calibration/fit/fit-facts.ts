import type {SoftwareStack} from '../../frameworks/stack.js';
import {groupBy} from '../statistics.js';
import type {CalibrationRun} from './calibration-runs.js';
import {type StackFact, withShifts} from './fact.js';
import {leastSquares} from './least-squares.js';

/** How far measured runs move each fact from where their stacks have it. */
export interface FactFit {
  /** Shift of each fact, on its scale. */
  readonly shifts: readonly number[];
  /** Share of the prior's variance that the runs removed, 0 to 1; near 0 the runs do not determine the fact. */
  readonly identified: readonly number[];
}

export interface FactFitOptions {
  /** How much narrower the priors are than the facts' own, 1 or less. */
  readonly confidence?: number;
  /** Slopes of the runs; absent: differences at the current point of the fit. */
  readonly slopes?: Slopes;
}

/** By how much the logarithm of a run's predicted step time grows with each fact, on the fact's scale. */
export type Slopes = (run: CalibrationRun) => readonly number[];

/** Error of a well-modelled run; errors of runs are counted in units of it. */
const noise = 0.05;

/** Scales reach far beyond the bounds of any fact, which hold in `withShifts`. */
const farthest = 8;

/**
 * Fits one shift of each fact to runs of one stack, or of several that share it.
 *
 * Errors are logarithms of predicted over measured. Runs of one sweep share their errors, so that a
 * sweep of n runs counts as the square root of n. Each shift is drawn to 0 and facts stay within
 * physical bounds: a few runs move what they determine, and nothing else.
 */
export function fitFacts(
  facts: readonly StackFact[],
  runs: readonly CalibrationRun[],
  {confidence = 1, slopes}: FactFitOptions = {},
): FactFit {
  const spread = facts.map(fact => fact.spread * confidence);
  const sweeps = groupBy(runs, run => run.sweep);
  const {x, deviation} = leastSquares({
    prior: facts.map(() => 0),
    spread,
    low: facts.map(() => -farthest),
    high: facts.map(() => farthest),
    weights: runs.map(({sweep}) => (sweeps.get(sweep)?.length ?? 1) ** -0.5),
    residuals: shifts =>
      runs.map(run => logError(run, run.predict(withShifts(run.stack, facts, shifts))) / noise),
    ...(slopes === undefined
      ? {}
      : {slopes: () => facts.map((_, k) => runs.map(run => (slopes(run)[k] as number) / noise))}),
  });
  return {
    shifts: x,
    identified: deviation.map((d, k) => 1 - Math.min(1, (d / (spread[k] as number)) ** 2)),
  };
}

/** Logarithm of predicted over measured. */
export function logError({stepSeconds}: CalibrationRun, predicted: number): number {
  return Math.log(predicted / stepSeconds);
}

/**
 * Slopes of each run at the stack `stackOf` it, computed once a run. Fits that end near that stack need no others.
 */
export function slopesAt(
  facts: readonly StackFact[],
  stackOf: (run: CalibrationRun) => SoftwareStack,
): Slopes {
  const known = new Map<string, readonly number[]>();
  return run => {
    const slopes = known.get(run.id) ?? slopesOf(facts, run, stackOf(run));
    known.set(run.id, slopes);
    return slopes;
  };
}

const difference = 0.03;

function slopesOf(facts: readonly StackFact[], run: CalibrationRun, stack: SoftwareStack): readonly number[] {
  return facts.map((_, k) => {
    const moved = (by: number) =>
      Math.log(
        run.predict(
          withShifts(
            stack,
            facts,
            facts.map((_fact, l) => (l === k ? by : 0)),
          ),
        ),
      );
    return (moved(difference) - moved(-difference)) / (2 * difference);
  });
}
