import {layoutProblems} from '../../layout/constraints.js';
import {divisors} from '../../layout/divisors.js';
import {type Layout, usualChoices} from '../../layout/layout.js';
import {numReplicas, type Plan} from '../../layout/plan.js';
import {makeEstimator} from '../../pipeline/estimator.js';

/**
 * Tokens per second that no layout of the plan's model exceeds at any of the batches.
 *
 * A step takes no less than its micro-batches on its busiest stage. Stages share out the layers, so that the
 * busiest of several takes no less than its share of a single one; memory, bubbles, recomputation,
 * reductions and gathers only add. What is left to try is one stage without any of these, at every
 * micro-batch that divides one of the batches.
 *
 * @param batches sequences over all replicas
 */
export function fastestRate(plan: Plan, batches: readonly number[]): number {
  const {cluster, training} = plan;
  const replicas = numReplicas(plan);
  const microBatches = new Set(batches.flatMap(batch => divisors(batch / replicas)));
  let fastest = 0;
  const estimator = makeEstimator(plan.model, cluster, training);
  if (estimator === null) return 0;
  for (const microBatch of microBatches) {
    for (const layout of singleStages(plan, microBatch)) {
      const {data} = layout;
      // One micro-batch on every rank: the estimator reads the batch of its training for their number.
      const passes = training.globalBatch / (data * microBatch);
      const perPass = estimator.boundSeconds(layout) / passes;
      fastest = Math.max(fastest, (data * microBatch * training.sequenceLength) / perPass);
    }
  }
  return fastest * replicas;
}

const noSequenceChoice = {sequenceParallel: false, asyncTensor: false};

const sequenceChoices = [
  noSequenceChoice,
  {sequenceParallel: true, asyncTensor: false},
  {sequenceParallel: true, asyncTensor: true},
];

function* singleStages({model, cluster, training, pins}: Plan, microBatch: number): Generator<Layout> {
  const {numDevices} = cluster;
  const tensors = pins.tensor === undefined ? divisors(model.attention.numHeads) : [pins.tensor];
  const experts = model.experts === null ? [1] : divisors(model.experts.numExperts);
  const context = pins.context ?? 1;
  for (const tensor of tensors) {
    if (numDevices % (tensor * context) !== 0) continue;
    const data = numDevices / (tensor * context);
    // A batch of one micro-batch on every rank makes no layout impossible.
    const scope = {model, numDevices, training: {...training, globalBatch: data * microBatch}};
    for (const expert of pins.expert === undefined ? experts : [pins.expert]) {
      for (const {sequenceParallel, asyncTensor} of tensor > 1 ? sequenceChoices : [noSequenceChoice]) {
        const layout: Layout = {
          ...usualChoices,
          ...pins,
          tensor,
          context,
          expert,
          expertTensor: pins.expertTensor ?? (expert > 1 ? 1 : tensor),
          sequenceParallel,
          asyncTensor: pins.asyncTensor ?? asyncTensor,
          data,
          microBatch,
          pipeline: 1,
          virtualStages: 1,
          schedule: '1f1b',
          sharding: 'none',
          shardingGroup: 'all',
          recompute: 'none',
          offload: 'none',
        };
        if (layoutProblems(layout, scope).length === 0) yield layout;
      }
    }
  }
}
