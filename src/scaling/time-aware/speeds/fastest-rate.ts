import {serialLayout} from '../../../layout/fields.js';
import type {Layout} from '../../../layout/layout.js';
import {makeEstimator} from '../../../pipeline/estimate.js';
import {numReplicas, type Plan} from '../../../plan/plan.js';

/**
 * Tokens per second that no layout of the plan's model exceeds at any of the batches.
 *
 * A step takes no less than its micro-batches on its busiest stage. Stages share out the layers, so that the
 * busiest of several takes no less than its share of a single one; tensor, context and expert ranks likewise
 * share out the work of one, and no kernel runs faster on a part of its work; k times the work never takes
 * more than k times as long, so that the largest micro-batch bounds all that divide it. Memory, bubbles,
 * recomputation and communication, hidden or not, only add. What is left is one device that holds all of the
 * model, at a micro-batch that all others divide.
 *
 * @param batches sequences over all replicas
 */
export function fastestRate(plan: Plan, batches: readonly number[]): number {
  const {cluster, training} = plan;
  const replicas = numReplicas(plan);
  let fastest = 0;
  for (const microBatch of commonMultiples(batches.map(batch => Math.ceil(batch / replicas)))) {
    // One micro-batch on the one device: the estimator reads the batch of its training for their number.
    const alone = {...training, globalBatch: microBatch};
    const estimator = makeEstimator({...plan, cluster: {...cluster, numDevices: 1}, training: alone});
    const seconds = estimator.boundSeconds({...wholeModel, microBatch});
    fastest = Math.max(fastest, (microBatch * training.sequenceLength) / seconds);
  }
  return fastest * cluster.numDevices * replicas;
}

const wholeModel: Omit<Layout, 'microBatch'> = {
  ...serialLayout,
  tensor: 1,
  context: 1,
  pipeline: 1,
  expert: 1,
  expertTensor: 1,
  data: 1,
  sequenceParallel: false,
  virtualStages: 1,
  schedule: '1f1b',
  sharding: 'none',
  shardingGroup: 'all',
  recompute: 'none',
  offload: 'none',
};

/** Products of tokens, hidden sizes and layers stay whole numbers up to micro-batches of this size. */
const largest = 1e9;

/** Numbers of which each batch divides one. */
function commonMultiples(batches: readonly number[]): number[] {
  const multiples: number[] = [];
  for (const batch of batches) {
    const at = multiples.findIndex(multiple => commonMultiple(multiple, batch) <= largest);
    if (at === -1) multiples.push(batch);
    else multiples[at] = commonMultiple(multiples[at] as number, batch);
  }
  return multiples;
}

function commonMultiple(a: number, b: number): number {
  return (a / commonDivisor(a, b)) * b;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
