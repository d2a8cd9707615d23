import {type Accuracy, accuracyOf} from '../accuracy.js';
import {groupBy, median} from '../statistics.js';
import {type CountedReason, countReasons} from '../summary/counted-reasons.js';
import type {OperatorResult} from './operator-row.js';

/** Rows of one operator on one hardware, as the table names both. */
export interface OperatorSlice {
  readonly hardware: string;
  readonly op: string;
  /** Hardware profile that its rows were priced on; null where none was. */
  readonly profile: string | null;
  readonly rows: number;
  readonly predicted: number;
  readonly leftOut: number;
  /** Errors of time, as fractions of the measured one; null where nothing was predicted. */
  readonly accuracy: Accuracy | null;
  /** Median of predicted over measured, minus one. */
  readonly medianBias: number | null;
  readonly reasons: readonly CountedReason[];
}

export interface OperatorValidation {
  readonly rows: readonly OperatorResult[];
  /** Sorted by hardware, then by operator. */
  readonly slices: readonly OperatorSlice[];
  readonly total: OperatorTotal;
}

export interface OperatorTotal {
  readonly rows: number;
  readonly predicted: number;
  /** Distrusted by their table. */
  readonly leftOut: number;
  /** Share of the other rows that were predicted. */
  readonly answered: number;
  /** Median over slices of their median error; null where nothing was predicted. */
  readonly medianOfSlices: number | null;
  readonly accuracy: Accuracy | null;
  readonly reasons: readonly CountedReason[];
}

export function sliceOperators(rows: readonly OperatorResult[]): OperatorValidation {
  const groups = groupBy(rows, ({hardware, op}) => `${hardware}\n${op}`);
  const slices = [...groups.values()].map(sliceOf).sort(byName);
  const errors = slices.flatMap(({accuracy}) => (accuracy === null ? [] : [accuracy.medianAbsoluteError]));
  const {predicted, leftOut, accuracy, reasons} = sliceOf(rows);
  return {
    rows,
    slices,
    total: {
      rows: rows.length,
      predicted,
      leftOut,
      answered: predicted / Math.max(1, rows.length - leftOut),
      medianOfSlices: errors.length === 0 ? null : median(errors),
      accuracy,
      reasons,
    },
  };
}

function sliceOf(rows: readonly OperatorResult[]): OperatorSlice {
  const predicted = rows.filter(row => row.status === 'predicted');
  const skipped = rows.filter(row => row.status === 'skipped');
  const {hardware = '', op = ''} = rows[0] ?? {};
  const ratios = predicted.map(({predictedSeconds, measuredSeconds}) => predictedSeconds / measuredSeconds);
  return {
    hardware,
    op,
    profile: predicted[0]?.profile ?? null,
    rows: rows.length,
    predicted: predicted.length,
    leftOut: skipped.filter(({isDistrusted}) => isDistrusted).length,
    accuracy: accuracyOf(
      predicted.map(row => ({predicted: row.predictedSeconds, measured: row.measuredSeconds})),
    ),
    medianBias: ratios.length === 0 ? null : median(ratios) - 1,
    reasons: countReasons(skipped.map(({reason}) => reason)),
  };
}

function byName(a: OperatorSlice, b: OperatorSlice): number {
  return a.hardware.localeCompare(b.hardware, 'en') || a.op.localeCompare(b.op, 'en');
}
