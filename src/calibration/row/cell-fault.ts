import type {MeasurementRow} from '../measurement.js';

/** Columns that hold whole numbers above 0. */
const counts = [
  'num_gpus',
  'layers',
  'hidden',
  'ffn_hidden',
  'heads',
  'kv_heads',
  'vocab',
  'seq_len',
  'global_batch',
  'micro_batch',
  'tp',
  'pp',
  'vpp',
  'cp',
  'ep',
  'dp',
];

/** Columns that hold numbers above 0. */
const amounts = [
  'iter_time_s',
  'tokens_per_s_per_gpu',
  'peak_mem_GB',
  'reserved_mem_GB',
  'allreduce_GBps',
  'allreduce_intranode_GBps',
];

/** The first cell of a row that is no number where there must be one, in words; null: none. An empty cell is unknown. */
export function cellFault(row: MeasurementRow): string | null {
  for (const column of counts) {
    const cell = row[column] ?? '';
    if (cell !== '' && !isCount(cell)) return `${column} "${shortened(cell)}" is not a whole number above 0`;
  }
  for (const column of amounts) {
    const cell = row[column] ?? '';
    const value = Number(cell);
    if (cell !== '' && !(value > 0 && Number.isFinite(value))) {
      return `${column} "${shortened(cell)}" is not a number above 0`;
    }
  }
  return null;
}

function isCount(cell: string): boolean {
  const value = Number(cell);
  return Number.isSafeInteger(value) && value > 0;
}

/** A cell as a message quotes it. */
export function shortened(text: string): string {
  const longest = 24;
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
