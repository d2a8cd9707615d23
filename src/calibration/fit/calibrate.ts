import type {SoftwareStack} from '../../frameworks/stack.js';
import {type Accuracy, accuracyOf} from '../accuracy.js';
import {groupBy} from '../group-by.js';
import {mean} from '../statistics.js';
import {crossFit} from './cross-fit.js';
import {type StackFact, withShifts} from './fact.js';
import {fitFacts, logError} from './fit-facts.js';
import {measuredRangeOf} from './measured-range.js';
import {residualBand} from './residual-band.js';
import type {TimedRun} from './timed-run.js';

/** One fact before and after a calibration. */
export interface CalibratedFact {
  readonly fact: StackFact;
  readonly before: number;
  readonly after: number;
  /** Share of the prior's variance that the runs took away, 0 to 1. */
  readonly identified: number;
}

/** A stack fitted to measured runs of one machine. */
export interface Calibration {
  readonly stack: SoftwareStack;
  readonly facts: readonly CalibratedFact[];
  /** Share of the fitted shifts that was kept: what predicted held-out runs best. 0: the runs did not help. */
  readonly trust: number;
  readonly before: Accuracy;
  readonly after: Accuracy;
  /** Of runs that were held out; null for a single run. */
  readonly crossValidated: Accuracy | null;
}

const folds = 8;
const trusts = [1, 0.75, 0.5, 0.25, 0] as const;

/**
 * A smaller share is taken only where it predicts better by more than chance: so many standard errors of
 * the mean gain. Of a handful of runs the mean alone would as often as not discard what they say.
 */
const surely = 2;

/**
 * Fits the facts of a stack to measured runs.
 *
 * The whole fit is kept unless held-out runs speak against it, so that runs that contradict each other
 * leave the stack as it was. Sweeps are held out whole; of a single sweep, its runs one by one.
 */
export function calibrate(
  stack: SoftwareStack,
  facts: readonly StackFact[],
  runs: readonly TimedRun[],
): Calibration {
  const own = runs.map(run => ({...run, stack}));
  const {trust, errors} = trustedShare(facts, own);
  const fit = fitFacts(facts, own);
  const fitted = withShifts(stack, facts, scaled(fit.shifts, trust));
  const accuracy = (of: SoftwareStack) =>
    accuracyOf(own.map(run => ({predicted: run.predict(of), measured: run.stepSeconds}))) as Accuracy;
  return {
    stack: {
      ...fitted,
      stepResidual: residualBand(errors) ?? stack.stepResidual,
      measuredRange: measuredRangeOf(own),
    },
    facts: facts.map((fact, k) => ({
      fact,
      before: fact.read(stack),
      after: fact.read(fitted),
      identified: fit.identified[k] as number,
    })),
    trust,
    before: accuracy(stack),
    after: accuracy(fitted),
    crossValidated: accuracyOf(errors.map(error => ({predicted: Math.exp(error), measured: 1}))),
  };
}

interface Trusted {
  readonly trust: number;
  /** Of held-out runs, logarithms of predicted over measured. */
  readonly errors: readonly number[];
}

function trustedShare(facts: readonly StackFact[], runs: readonly TimedRun[]): Trusted {
  const sweeps = groupBy(runs, run => run.sweep).size;
  const key = (run: TimedRun) => (sweeps > 1 ? run.sweep : run.id);
  const heldOut = crossFit(runs, key, folds, training => fitFacts(facts, training).shifts);
  const tried = trusts.map(trust => ({
    trust,
    errors: heldOut.map(({run, fit}) =>
      logError(run, run.predict(withShifts(run.stack, facts, scaled(fit, trust)))),
    ),
  }));
  return tried.reduce((best, next) => (surelySmaller(next.errors, best.errors) ? next : best));
}

function scaled(shifts: readonly number[], by: number): readonly number[] {
  return shifts.map(shift => by * shift);
}

/** Whether errors of the same runs are smaller beyond what chance may do. */
function surelySmaller(errors: readonly number[], than: readonly number[]): boolean {
  if (errors.length < 2) return false;
  const gains = errors.map((error, i) => Math.abs(than[i] as number) - Math.abs(error));
  const gain = mean(gains);
  const variance = mean(gains.map(each => (each - gain) ** 2)) * (gains.length / (gains.length - 1));
  return gain > surely * Math.sqrt(variance / gains.length);
}
