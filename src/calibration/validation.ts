import {type Accuracy, accuracyOf} from './accuracy.js';
import type {MeasuredFigures} from './measurement.js';
import {sourceOf} from './sweep.js';

/** One row of a table of measurements beside what was predicted for it. */
export type ValidationRow = PredictedRow | SkippedRow;

export interface PredictedRow {
  readonly status: 'predicted';
  readonly id: string;
  readonly hardware: string;
  readonly software: string;
  /** What the row leaves open and was taken as something. */
  readonly assumptions: readonly string[];
  readonly measured: MeasuredFigures;
  readonly predicted: PredictedFigures;
}

export interface SkippedRow {
  readonly status: 'skipped';
  readonly id: string;
  readonly reason: string;
}

export interface PredictedFigures {
  readonly stepSeconds: number;
  readonly stepSecondsP10: number;
  readonly stepSecondsP90: number;
  /** Allocated on the fullest stage. */
  readonly peakMemoryBytes: number;
  readonly reservedMemoryBytes: number;
  readonly fits: boolean;
}

/** Rows of one source, or of all. */
export interface ValidationSummary {
  readonly source: string;
  readonly rows: number;
  readonly predicted: number;
  readonly skipped: number;
  /** Null where no row has both figures. */
  readonly stepTime: Accuracy | null;
  readonly peakMemory: Accuracy | null;
  /** Share of the measured step times between the p10 and the p90 that were predicted for them; null without any. */
  readonly insideBand: number | null;
  readonly fit: FitCounts;
}

/** Predictions of whether a run fits in memory, against what happened. */
export interface FitCounts {
  readonly right: number;
  /** Ran, though it was predicted not to fit. */
  readonly falseAlarms: number;
  /** Ran out of memory, though it was predicted to fit. */
  readonly missed: number;
}

/** Name of the summary over all rows. */
const total = 'all';

/** Each source by itself, in the order in which it appears, and all together at the end. */
export function summarize(rows: readonly ValidationRow[]): readonly ValidationSummary[] {
  const sources = new Map<string, ValidationRow[]>();
  for (const row of rows) {
    const source = sourceOf(row.id);
    const known = sources.get(source);
    if (known === undefined) sources.set(source, [row]);
    else known.push(row);
  }
  return [...[...sources].map(([source, own]) => summary(source, own)), summary(total, rows)];
}

function summary(source: string, rows: readonly ValidationRow[]): ValidationSummary {
  const predicted = rows.filter(row => row.status === 'predicted');
  const timed = predicted.flatMap(({predicted, measured}) =>
    measured.stepSeconds === null
      ? []
      : [{measured: measured.stepSeconds, predicted: predicted.stepSeconds, band: predicted}],
  );
  const weighed = predicted.flatMap(({predicted, measured}) =>
    measured.peakMemoryBytes === null
      ? []
      : [{measured: measured.peakMemoryBytes, predicted: predicted.peakMemoryBytes}],
  );
  const inside = timed.filter(
    ({measured, band}) => measured >= band.stepSecondsP10 && measured <= band.stepSecondsP90,
  );
  return {
    source,
    rows: rows.length,
    predicted: predicted.length,
    skipped: rows.length - predicted.length,
    stepTime: accuracyOf(timed),
    peakMemory: accuracyOf(weighed),
    insideBand: timed.length === 0 ? null : inside.length / timed.length,
    fit: {
      right: predicted.filter(row => row.predicted.fits === row.measured.fits).length,
      falseAlarms: predicted.filter(row => !row.predicted.fits && row.measured.fits).length,
      missed: predicted.filter(row => row.predicted.fits && !row.measured.fits).length,
    },
  };
}

/** Reasons why rows were skipped, most frequent first. */
export function skippedReasons(rows: readonly ValidationRow[]): readonly CountedReason[] {
  return countReasons(rows.flatMap(row => (row.status === 'skipped' ? [row.reason] : [])));
}

/** What was assumed of rows that leave something open, most frequent first. */
export function assumptionsOf(rows: readonly ValidationRow[]): readonly CountedReason[] {
  return countReasons(rows.flatMap(row => (row.status === 'predicted' ? row.assumptions : [])));
}

/** A sentence, and of how many rows it holds. */
export interface CountedReason {
  readonly reason: string;
  readonly count: number;
}

function countReasons(reasons: readonly string[]): readonly CountedReason[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({reason, count}))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
