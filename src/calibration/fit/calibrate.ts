import {
  type MeasuredFigure,
  type MeasuredRange,
  measuredFigures,
  type Residual,
  type SoftwareStack,
} from '../../frameworks/stack.js';
import {type Accuracy, accuracyOf} from '../accuracy.js';
import {groupBy, mean} from '../statistics.js';
import type {CalibrationRun} from './calibration-runs.js';
import {type StackFact, withShifts} from './fact.js';
import {fitFacts, logError} from './fit-facts.js';

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
  /** Share of the fitted shifts that predicted held-out runs best. 0: the runs did not help. */
  readonly trust: number;
  readonly before: Accuracy;
  readonly after: Accuracy;
  /** Accuracy on runs that were held out; null for a single run. */
  readonly crossValidated: Accuracy | null;
}

const folds = 8;
const trusts = [1, 0.75, 0.5, 0.25, 0] as const;

/**
 * Standard errors of the mean gain by which a smaller share must predict better to be taken. With a handful
 * of runs the mean alone would discard the fit by chance.
 */
const fewestStandardErrors = 2;

/**
 * Fits the facts of a stack to measured runs.
 *
 * The whole fit is taken unless a smaller share of it predicts held-out runs better: runs that contradict
 * each other leave the stack as it was. Sweeps are held out whole; of a single sweep, its runs one by one.
 */
export function calibrate(
  stack: SoftwareStack,
  facts: readonly StackFact[],
  runs: readonly CalibrationRun[],
): Calibration {
  const own = runs.map(run => ({...run, stack}));
  const {trust, errors} = trustedShare(facts, own);
  const fit = fitFacts(facts, own);
  const fitted = withShifts(stack, facts, scaled(fit.shifts, trust));
  const accuracy = (candidate: SoftwareStack) =>
    accuracyOf(own.map(run => ({predicted: run.predict(candidate), measured: run.stepSeconds}))) as Accuracy;
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
  /** Logarithms of predicted over measured of the held-out runs. */
  readonly errors: readonly number[];
}

function trustedShare(facts: readonly StackFact[], runs: readonly CalibrationRun[]): Trusted {
  const sweeps = groupBy(runs, run => run.sweep).size;
  const key = (run: CalibrationRun) => (sweeps > 1 ? run.sweep : run.id);
  const heldOut = crossFit(runs, key, folds, training => fitFacts(facts, training).shifts);
  const tried = trusts.map(trust => ({
    trust,
    errors: heldOut.map(({run, fit}) =>
      logError(run, run.predict(withShifts(run.stack, facts, scaled(fit, trust)))),
    ),
  }));
  return tried.reduce((best, next) => (isSmallerBeyondChance(next.errors, best.errors) ? next : best));
}

function scaled(shifts: readonly number[], by: number): readonly number[] {
  return shifts.map(shift => by * shift);
}

/** Whether errors of the same runs are smaller by more than chance. */
function isSmallerBeyondChance(errors: readonly number[], than: readonly number[]): boolean {
  if (errors.length < 2) return false;
  const gains = errors.map((error, i) => Math.abs(than[i] as number) - Math.abs(error));
  const gain = mean(gains);
  const variance = mean(gains.map(each => (each - gain) ** 2)) * (gains.length / (gains.length - 1));
  return gain > fewestStandardErrors * Math.sqrt(variance / gains.length);
}

/** A run with a fit that has not seen it. */
export interface HeldOut<Fit> {
  readonly run: CalibrationRun;
  readonly fit: Fit;
}

/**
 * Fits to all but a part of the runs, for each part in turn. Runs with an equal `key` are held out together,
 * in at most `folds` parts.
 *
 * @returns empty where all runs have one key
 */
export function crossFit<Fit>(
  runs: readonly CalibrationRun[],
  key: (run: CalibrationRun) => string,
  folds: number,
  fit: (training: readonly CalibrationRun[]) => Fit,
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

/** What the runs span, figure by figure. */
export function measuredRangeOf(runs: readonly CalibrationRun[]): MeasuredRange {
  const range = (figure: MeasuredFigure): readonly [number, number] => {
    const values = runs.map(run => run.figures[figure]);
    return [Math.min(...values), Math.max(...values)];
  };
  return Object.fromEntries(
    measuredFigures.map(figure => [figure, range(figure)]),
  ) as unknown as MeasuredRange;
}

/** Fewest errors that a band is estimated from. */
const fewestErrors = 4;

/**
 * P10 and P90 of measured over predicted.
 *
 * Quantiles of n errors are at rank p (n + 1), which widens the band of a few errors.
 *
 * @param errors logarithms of predicted over measured, of runs that the constants were not fitted to
 * @returns null where there are too few
 */
export function residualBand(errors: readonly number[]): Residual | null {
  if (errors.length < fewestErrors) return null;
  const ratios = errors.map(error => -error).sort((a, b) => a - b);
  return {p10: Math.exp(plottingQuantile(ratios, 0.1)), p90: Math.exp(plottingQuantile(ratios, 0.9))};
}

function plottingQuantile(sorted: readonly number[], p: number): number {
  const at = Math.min(sorted.length - 1, Math.max(0, p * (sorted.length + 1) - 1));
  const below = sorted[Math.floor(at)] as number;
  return below + ((sorted[Math.ceil(at)] as number) - below) * (at - Math.floor(at));
}
