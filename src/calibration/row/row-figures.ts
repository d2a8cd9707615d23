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
    peakMemoryBytes: memoryFigure(row, 'peak_mem_GB'),
    reservedMemoryBytes: memoryFigure(row, 'reserved_mem_GB'),
    fits: row.result !== 'OOM',
  };
}

/**
 * Bytes. nanotron prints "GB" that are GiB: benchmark tables divide by 1024^3 (`create_table_log`), and
 * memory grows by 4 bytes a value of a micro-batch in GiB only.
 */
function memoryFigure(row: MeasurementRow, column: string): number | null {
  const value = number(row, column);
  if (value === null) return null;
  return value * (/nanotron/i.test(row.framework ?? '') ? 2 ** 30 : 1e9);
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
