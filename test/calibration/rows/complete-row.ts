import {inferRun, type RowKnowledge} from '../../../src/calibration/rows/infer.js';
import type {Measurement} from '../../../src/calibration/rows/measurement.js';
import {parseRow, type RowCells} from '../../../src/calibration/rows/parse-row.js';

/** A row with all that a prediction needs. */
const completeRow: RowCells = {
  id: 'mine-1',
  framework: 'my trainer',
  hardware: 'H100',
  num_gpus: '16',
  layers: '32',
  hidden: '4096',
  ffn_hidden: '11008',
  heads: '32',
  vocab: '32000',
  seq_len: '4096',
  global_batch: '64',
  tp: '2',
  pp: '2',
  dp: '4',
  micro_batch: '2',
  precision: 'bf16',
  recompute: 'none',
};

/** What is inferred from the complete row with other cells. */
function inferred(
  cells: RowCells,
  knowledge: Partial<RowKnowledge> = {},
): Measurement | {readonly reason: string} {
  const row = parseRow({...completeRow, ...cells});
  return inferRun(row, {models: [], corrections: [], ...knowledge});
}

export function inferredRun(cells: RowCells, knowledge: Partial<RowKnowledge> = {}): Measurement {
  const run = inferred(cells, knowledge);
  if ('reason' in run) throw new Error(run.reason);
  return run;
}

export function skipReason(cells: RowCells, knowledge: Partial<RowKnowledge> = {}): string | null {
  const run = inferred(cells, knowledge);
  return 'reason' in run ? run.reason : null;
}
