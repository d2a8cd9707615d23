import type {Layout} from '../../layout/layout.js';
import type {Transformer} from '../../model/transformer.js';
import type {MeasurementRow} from '../measurement.js';
import {need} from './cells.js';

/**
 * NVIDIA's recipes shard the optimizer and split sequences over tensor ranks; where their tables say
 * nothing of it, that is what ran. Megatron-Bridge and NeMo, recipes of 2024 and 2025.
 */
export function usualOfRecipes(
  row: MeasurementRow,
  {tensor, pipeline, data, context, expert, microBatch}: Layout,
  {numLayers}: Transformer,
  assumptions: string[],
): Partial<Layout> {
  if (!/nemo|megatron-(core|bridge)/i.test(row.framework ?? '')) return {};
  const usual: {-readonly [Field in keyof Layout]?: Layout[Field]} = {};
  const layers = numLayers / pipeline;
  const rounds = need(row, 'global_batch') / (data * microBatch * pipeline);
  const divides = Number.isInteger(layers) && Number.isInteger(rounds);
  if ((row.vpp ?? '') === '' && pipeline > 1 && divides && layers > 1) {
    usual.virtualStages = layers % 2 === 0 && layers > 2 ? layers / 2 : layers;
    usual.schedule = 'interleaved';
    assumptions.push('virtual stages not stated: taken as chunks of one or two layers');
  }
  if ((row.zero_stage ?? '') === '') {
    usual.sharding = 'optimizer';
    assumptions.push('sharding not stated: taken as optimizer');
  }
  if ((row.sequence_parallel ?? '') === '' && tensor > 1) {
    usual.sequenceParallel = true;
    assumptions.push('sequence parallel not stated: taken as on');
  }
  // Megatron-Core divides experts over tensor ranks too unless told otherwise, as Megatron-Bridge's recipes tell it.
  const expertRanks = (data * context * tensor) / (expert * tensor);
  if (!/bridge/i.test(row.framework ?? '') && expert > 1 && tensor > 1 && Number.isInteger(expertRanks)) {
    usual.expertTensor = tensor;
    assumptions.push('tensor degree of experts not stated: taken as that of the layers');
  }
  return usual;
}
