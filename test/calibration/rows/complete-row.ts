import type {RowCells} from '../../../src/calibration/cells/parse-cells.js';
import {withFrameworkChoices} from '../../../src/calibration/rows/framework-choices.js';
import {inferRun, type RowKnowledge} from '../../../src/calibration/rows/infer.js';
import type {Measurement} from '../../../src/calibration/rows/measurement.js';
import {parseRow} from '../../../src/calibration/rows/parse-row.js';
import {defaultFramework, frameworkOf, stackMeant} from '../../../src/frameworks/registry.js';
import {handCluster} from '../../pipeline/hand-machine.js';

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

/** The complete row with other cells as a run of the framework that it names. */
export function inferredRun(cells: RowCells, knowledge: Partial<RowKnowledge> = {}): Measurement {
  const inferred = inferComplete(cells, knowledge);
  if ('reason' in inferred) throw new Error(inferred.reason);
  const framework = frameworkOf({
    framework: stackMeant(inferred.stated.framework ?? '', {}) ?? defaultFramework,
  });
  return withFrameworkChoices(inferred, framework, handCluster(inferred.measurement.numDevices));
}

export function skipReason(cells: RowCells, knowledge: Partial<RowKnowledge> = {}): string | null {
  const inferred = inferComplete(cells, knowledge);
  return 'reason' in inferred ? inferred.reason : null;
}

function inferComplete(cells: RowCells, knowledge: Partial<RowKnowledge>) {
  return inferRun(parseRow({...completeRow, ...cells}), {models: [], corrections: [], ...knowledge});
}
