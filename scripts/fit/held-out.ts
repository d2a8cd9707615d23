import {calibrate, crossFit} from '../../src/calibration/fit/calibrate.js';
import type {CalibrationRun} from '../../src/calibration/fit/calibration-runs.js';
import {logError, type Slopes, slopesAt} from '../../src/calibration/fit/fit-facts.js';
import {fitHierarchy, type Hierarchy} from '../../src/calibration/fit/hierarchy.js';
import {groupBy} from '../../src/calibration/statistics.js';
import {facts} from './evidence.js';

/**
 * Slopes of all runs where a first fit ends: they hold near there, whichever runs are held out, and
 * spare the fits of held-out runs nine tenths of the work.
 */
export function slopesOfRuns(runs: readonly CalibrationRun[]): Slopes {
  const stated = slopesAt(facts, run => run.stack);
  const first = fitHierarchy(facts, runs, stated);
  return slopesAt(facts, first.onItsMachine);
}

/** Errors of predictions by constants that were fitted without the run. */
export interface HeldOutError {
  readonly run: CalibrationRun;
  /** Logarithm of predicted over measured. */
  readonly error: number;
}

/** Each sweep predicted by constants fitted without it. */
export function bySweep(
  runs: readonly CalibrationRun[],
  slopes: Slopes,
  folds: number,
): readonly HeldOutError[] {
  return heldOut(runs, slopes, run => run.sweep, folds);
}

/** Each source predicted by constants fitted without it. */
export function bySource(runs: readonly CalibrationRun[], slopes: Slopes): readonly HeldOutError[] {
  return heldOut(runs, slopes, run => run.source, Number.POSITIVE_INFINITY);
}

function heldOut(
  runs: readonly CalibrationRun[],
  slopes: Slopes,
  key: (run: CalibrationRun) => string,
  folds: number,
): readonly HeldOutError[] {
  const fits = crossFit(runs, key, folds, training => fitHierarchy(facts, training, slopes));
  return fits.map(({run, fit}) => ({run, error: logError(run, run.predict(fit.onItsMachine(run)))}));
}

/** Where in each of its parts of the runs a calibration takes one: what few runs say depends on which. */
const draws = [1 / 6, 1 / 2, 5 / 6];

/** Runs of a source that was left out, by a stack calibrated on a few of its runs, for several choices of them. */
export function afterCalibration(
  runs: readonly CalibrationRun[],
  slopes: Slopes,
  numRows: number,
): readonly HeldOutError[] {
  const large = [...groupBy(runs, run => run.source)].filter(([, own]) => own.length >= 3 * numRows);
  return large.flatMap(([source, own]) => {
    const others = fitHierarchy(
      facts,
      runs.filter(run => run.source !== source),
      slopes,
    );
    return [...groupBy(own, run => `${run.hardware} ${run.software}`).values()]
      .filter(pair => pair.length >= 3 * numRows)
      .flatMap(pair => draws.flatMap(draw => calibratedOn(pair, others, chosenAt(pair, numRows, draw))));
  });
}

function chosenAt(runs: readonly CalibrationRun[], count: number, draw: number): ReadonlySet<CalibrationRun> {
  return new Set(
    Array.from(
      {length: count},
      (_, i) => runs[Math.floor(((i + draw) * runs.length) / count)] as CalibrationRun,
    ),
  );
}

/** Errors of the runs that the calibration has not seen. */
function calibratedOn(
  runs: readonly CalibrationRun[],
  others: Hierarchy,
  chosen: ReadonlySet<CalibrationRun>,
): readonly HeldOutError[] {
  const {stack} = calibrate(others.onItsMachine(runs[0] as CalibrationRun), facts, [...chosen]);
  return runs.filter(run => !chosen.has(run)).map(run => ({run, error: logError(run, run.predict(stack))}));
}
