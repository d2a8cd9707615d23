import type {MeasurementRow} from '../measurement.js';
import {need, number} from './cells.js';

/** What was measured of a run; null: not measured. */
export interface MeasuredFigures {
  readonly stepSeconds: number | null;
  /** Allocated. */
  readonly peakMemoryBytes: number | null;
  readonly reservedMemoryBytes: number | null;
  readonly fits: boolean;
}

/** What a row says was measured: the step by its time, or else by its throughput. */
export function figuresOf(row: MeasurementRow): MeasuredFigures {
  return {
    stepSeconds: number(row, 'iter_time_s') ?? stepFromThroughput(row),
    peakMemoryBytes: gigabytes(row, 'peak_mem_GB'),
    reservedMemoryBytes: gigabytes(row, 'reserved_mem_GB'),
    fits: row.result !== 'OOM',
  };
}

/** A column in 10^9 bytes, or bytes a second. */
export function gigabytes(row: MeasurementRow, column: string): number | null {
  const value = number(row, column);
  return value === null ? null : value * 1e9;
}

function stepFromThroughput(row: MeasurementRow): number | null {
  const rate = number(row, 'tokens_per_s_per_gpu');
  return rate === null
    ? null
    : (need(row, 'seq_len') * need(row, 'global_batch')) / (rate * need(row, 'num_gpus'));
}
