import {serialLayout} from '../../layout/fields.js';
import {type Layout, offloads, type Recompute, type Sharding, shardings} from '../../layout/layout.js';
import type {MeasurementRow} from '../measurement.js';
import {need, number} from './cells.js';

/** The layout, or why it is not known. */
export function layoutOf(row: MeasurementRow): Layout | string {
  const tensor = need(row, 'tp');
  const pipeline = need(row, 'pp');
  const context = number(row, 'cp') ?? 1;
  const numDevices = need(row, 'num_gpus');
  const data = number(row, 'dp') ?? numDevices / (tensor * pipeline * context);
  if (tensor * pipeline * context * data !== numDevices) {
    return `tp ${tensor} x pp ${pipeline} x cp ${context} x dp ${data} is not ${numDevices} devices`;
  }
  const microBatch = need(row, 'micro_batch');
  const microbatches = need(row, 'global_batch') / (data * microBatch);
  if (!Number.isInteger(microbatches))
    return `dp ${data} x micro-batch ${microBatch} does not divide the global batch`;
  const virtualStages = pipeline > 1 ? (number(row, 'vpp') ?? 1) : 1;
  const {sharding, group} = shardingOf(row.zero_stage ?? '');
  return {
    ...serialLayout,
    tensor,
    pipeline,
    data,
    context,
    expert: number(row, 'ep') ?? 1,
    expertTensor: 1,
    sequenceParallel: row.sequence_parallel === '1',
    sharding,
    shardingGroup: group,
    microBatch,
    schedule: virtualStages > 1 ? 'interleaved' : '1f1b',
    virtualStages,
    recompute: recomputeOf(row.recompute ?? ''),
    offload: offloads.find(offload => offload === row.offload) ?? 'none',
    asyncTensor: row.async_tp === '1',
  };
}

/** A ZeRO stage, and the ranks that share a copy: `3`, `3 64` or `3 node`. */
function shardingOf(text: string): {sharding: Sharding; group: Layout['shardingGroup']} {
  const [stage = '0', group] = text.split(' ');
  const shared = group === undefined ? 'all' : group === 'node' ? 'node' : Number(group);
  const sharding = shardings[Number(stage)] ?? 'none';
  return {sharding, group: sharding === 'none' ? 'all' : shared};
}

/** `layers 4`: that many layers of each stage. */
function recomputeOf(text: string): Recompute {
  const layers = /^layers (\d+)$/.exec(text)?.[1];
  if (layers !== undefined) return {layers: Number(layers)};
  return text === 'full' || text === 'selective' ? text : 'none';
}
