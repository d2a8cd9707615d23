import {partsOfModule} from '../cost/workload/recomputed-parts.js';
import type {Layout} from '../layout/layout.js';
import {hardwareFlopPerToken, modelFlopPerToken, type RepeatedForward} from '../model/flop.js';
import type {Plan} from '../plan/plan.js';
import type {Seconds} from '../units/quantities.js';

/** How much of the machine a step uses. */
export interface Utilization {
  readonly tokensPerSecondPerDevice: number;
  /** FLOP that the model needs over what the devices could do at their peak: MFU. */
  readonly modelFlopsUtilization: number;
  /** The same with recomputation counted: HFU. */
  readonly hardwareFlopsUtilization: number;
  /** FLOP/s of one device, counted as for MFU. */
  readonly modelFlopPerSecondPerDevice: number;
}

/** Attention is counted in full, not halved for causality: the convention that MFU is quoted in. */
const counting = 'full';

/** Utilization of a step of `seconds` by `layout`. */
export function utilization({model, cluster, training}: Plan, layout: Layout, seconds: Seconds): Utilization {
  const {sequenceLength, globalBatch, precision} = training;
  const peak = cluster.accelerator.peak[precision];
  if (peak === undefined) throw new Error(`a checked plan has a device with ${precision}`);
  const tokens = (globalBatch * sequenceLength) / (seconds * cluster.numDevices);
  const needed = modelFlopPerToken(model, sequenceLength, counting);
  const hardware = hardwareFlopPerToken(
    model,
    sequenceLength,
    repeatedForward(layout, model.numLayers),
    counting,
  );
  return {
    tokensPerSecondPerDevice: tokens,
    modelFlopsUtilization: (tokens * needed) / peak,
    hardwareFlopsUtilization: (tokens * hardware) / peak,
    modelFlopPerSecondPerDevice: tokens * needed,
  };
}

/** A layout counts recomputed layers in each chunk, FLOP are counted over the model. */
function repeatedForward({recompute, pipeline, virtualStages}: Layout, numLayers: number): RepeatedForward {
  if (typeof recompute === 'string') return recompute;
  if ('every' in recompute) return {layers: Math.floor(numLayers / recompute.every)};
  if ('layers' in recompute) return {layers: recompute.layers * pipeline * virtualStages};
  return {parts: recompute.modules.flatMap(module => partsOfModule[module])};
}
