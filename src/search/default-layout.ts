import {type Layout, usualChoices} from '../layout/layout.js';
import type {Plan} from '../layout/plan.js';

/**
 * The layout of a plan that states its degrees: what it leaves out takes the usual value, and the data
 * degree follows from the number of devices. Null where tensor, pipeline or micro-batch are open.
 */
export function completeLayout(plan: Plan): Layout | null {
  const {pins, cluster} = plan;
  const {tensor, pipeline, microBatch} = pins;
  if (tensor === undefined || pipeline === undefined || microBatch === undefined) return null;
  const context = pins.context ?? 1;
  const virtualStages = pins.virtualStages ?? 1;
  const expert = pins.expert ?? 1;
  return {
    tensor,
    pipeline,
    microBatch,
    context,
    virtualStages,
    expert,
    expertTensor: pins.expertTensor ?? (expert > 1 ? 1 : tensor),
    data: pins.data ?? cluster.numDevices / (tensor * pipeline * context),
    sequenceParallel: pins.sequenceParallel ?? false,
    sharding: pins.sharding ?? 'none',
    shardingGroup: pins.shardingGroup ?? 'all',
    schedule: pins.schedule ?? (virtualStages > 1 ? 'interleaved' : '1f1b'),
    recompute: pins.recompute ?? 'none',
    offload: pins.offload ?? 'none',
    asyncTensor: pins.asyncTensor ?? usualChoices.asyncTensor,
    contextExchange: pins.contextExchange ?? usualChoices.contextExchange,
    causalBalancing: pins.causalBalancing ?? usualChoices.causalBalancing,
    rankOrder: pins.rankOrder ?? usualChoices.rankOrder,
  };
}
