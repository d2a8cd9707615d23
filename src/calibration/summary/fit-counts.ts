import type {PredictedRow} from '../validation.js';

/** Predictions of whether a run fits in memory, against what happened. */
export interface FitCounts {
  readonly right: number;
  /** Ran, though it was predicted not to fit. */
  readonly falseAlarms: number;
  /** Ran out of memory, though it was predicted to fit. */
  readonly missed: number;
  /** Ran out of memory. */
  readonly outOfMemory: number;
}

export function fitCounts(rows: readonly PredictedRow[]): FitCounts {
  const count = (holds: (row: PredictedRow) => boolean) => rows.filter(holds).length;
  return {
    right: count(row => row.predicted.fits === row.measured.fits),
    falseAlarms: count(row => !row.predicted.fits && row.measured.fits),
    missed: count(row => row.predicted.fits && !row.measured.fits),
    outOfMemory: count(row => !row.measured.fits),
  };
}
