import type {Calibration} from '../../calibration/fit/calibrate.js';
import type {CalibrationRun} from '../../calibration/fit/calibration-runs.js';

/** Result of `walltime calibrate`. */
export interface CalibrationView {
  readonly hardware: string;
  readonly software: string;
  /** Stack that the fit started from. */
  readonly base: string;
  readonly runs: readonly CalibrationRun[];
  readonly calibration: Calibration;
  /** Why rows were left out, a reason for each. */
  readonly skipped: readonly string[];
  /** File of the new profile. */
  readonly out: string;
}

/** Facts of which the runs took away less of the prior's variance than this stay what they were assumed to be. */
export const identifiedFrom = 0.2;
