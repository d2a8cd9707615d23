import type {ExpertGroup, Router, Traffic} from '../../model/operators.js';
import {type Shard, tokenCounts} from '../shard.js';
import {addCosts, type ComputeCost, noCompute} from './compute-cost.js';
import type {Device} from './device.js';
import {isFused} from './elementwise-cost.js';
import {expertStreamSeconds, streamSeconds} from './gemm.js';
import {groupedCost, linearCost} from './linear-cost.js';

/** Scores in 32 bits, top k, and the auxiliary loss: small kernels over tokens x experts. */
export function routerCost(device: Device, router: Router, shard: Shard): ComputeCost {
  const {own} = tokenCounts(shard);
  const scores = linearCost(
    device,
    {m: own, n: router.numExperts, k: router.inFeatures},
    {gradientBytes: shard.gradientBytes, narrow: false, biasKernels: 0},
  );
  const choice = streamSeconds(device, routerPasses * 4 * own * router.numExperts);
  return {
    ...scores,
    forward: scores.forward + choice,
    backwardInput: scores.backwardInput + choice,
    forwardKernels: scores.forwardKernels + routerPasses,
    backwardKernels: scores.backwardKernels + routerPasses,
  };
}

/** Softmax, top k, mask, counts, auxiliary loss and their reductions: one pass each. Megatron-Core moe_utils.py. */
const routerPasses = 8;

/**
 * The feed-forward of this rank's experts on the token copies that reach it, with the permutation of
 * tokens before and behind.
 */
export function expertsCost(device: Device, group: ExpertGroup, shard: Shard): ComputeCost {
  const {shared} = tokenCounts(shard);
  const copies = (shared / shard.tensor) * shard.expertTensor * group.topK * shard.expertImbalance;
  const localExperts = group.numExperts / shard.expert;
  let total = permutationCost(device, copies * group.hiddenSize, shard.expert > 1);
  for (const gemm of group.gemms) {
    const k = gemm.split === 'row' ? gemm.inFeatures / shard.expertTensor : gemm.inFeatures;
    const n = gemm.split === 'column' ? gemm.outFeatures / shard.expertTensor : gemm.outFeatures;
    const product = {m: copies / localExperts, n, k};
    total = addCosts(total, groupedCost(device, localExperts, product, shard.gradientBytes), 1);
  }
  const {forward, backward} = isFused(group.activation, shard.fused)
    ? group.activation.fused
    : group.activation.separate;
  const activated = (pass: Traffic) =>
    expertStreamSeconds(
      device,
      ((pass.reads + pass.writes) * copies * device.activationBytes) / shard.expertTensor,
    );
  return addCosts(
    total,
    {
      ...noCompute,
      forward: activated(forward),
      backwardInput: activated(backward),
      forwardKernels: forward.kernels,
      backwardKernels: backward.kernels,
    },
    1,
  );
}

/**
 * Tokens are brought into the order of their experts, and their results back, weighted and summed. Where
 * experts are on several ranks, what arrives is sorted by expert once more, and back; narrow formats pad
 * each expert's tokens, and take the padding away.
 *
 * @see Megatron-Core, transformer/moe/token_dispatcher.py and moe_layer.py: permute, sort_chunks_by_idxs, Fp8Padding
 */
function permutationCost(device: Device, elements: number, exchanged: boolean): ComputeCost {
  const times = 2 * (1 + (exchanged ? 1 : 0) + (device.castBytes > 0 ? 1 : 0));
  const pass = times * expertStreamSeconds(device, 2 * device.activationBytes * elements);
  const kernels = 3 * times;
  return {
    ...noCompute,
    forward: pass,
    backwardInput: pass,
    forwardKernels: kernels,
    backwardKernels: kernels,
  };
}
