import type {ExpertGroup, Router, Traffic} from '../../model/operators.js';
import {tokenCounts} from '../workload/rank-workload.js';
import {type PassWork, plus, workOf} from '../workload/work.js';
import type {Device, KernelContext} from './device.js';
import {isFused} from './elementwise-cost.js';
import {expertStreamSeconds, streamSeconds} from './gemm.js';
import {groupedWork, linearWork} from './linear-cost.js';

/** Scores in 32 bits, top k, and the auxiliary loss: small kernels over tokens x experts. */
export function routerWork(context: KernelContext, router: Router): PassWork {
  const {own} = tokenCounts(context.workload);
  const shape = {m: own, n: router.numExperts, k: router.inFeatures};
  const choice = streamSeconds(context.device, routerPasses * 4 * own * router.numExperts);
  return plus(
    linearWork(context, shape, {narrow: false, biasKernels: 0}),
    workOf({
      forward: choice,
      backwardInput: choice,
      forwardKernels: routerPasses,
      backwardKernels: routerPasses,
    }),
  );
}

/** Softmax, top k, mask, counts, auxiliary loss and their reductions: one pass each. megatron/core/transformer/moe/moe_utils.py. */
const routerPasses = 8;

/**
 * The feed-forward of this rank's experts on the token copies that reach it, with the permutation of
 * tokens before and after.
 */
export function expertsWork(context: KernelContext, group: ExpertGroup): PassWork {
  const {device, workload} = context;
  const {expertTensor} = workload;
  const {shared} = tokenCounts(workload);
  const copies = (shared / workload.tensor) * expertTensor * group.topK * workload.expertImbalance;
  const localExperts = group.numExperts / workload.expert;
  let total = permutationWork(device, copies * group.hiddenSize, workload.expert > 1);
  for (const gemm of group.gemms) {
    const k = gemm.split === 'row' ? gemm.inFeatures / expertTensor : gemm.inFeatures;
    const n = gemm.split === 'column' ? gemm.outFeatures / expertTensor : gemm.outFeatures;
    total = plus(total, groupedWork(context, localExperts, {m: copies / localExperts, n, k}));
  }
  const {activation} = group;
  const {forward, backward} = isFused(activation, workload.fused) ? activation.fused : activation.separate;
  const seconds = (pass: Traffic) =>
    expertStreamSeconds(
      device,
      ((pass.reads + pass.writes) * copies * device.activationBytes) / expertTensor,
    );
  return plus(
    total,
    workOf({
      forward: seconds(forward),
      backwardInput: seconds(backward),
      forwardKernels: forward.kernels,
      backwardKernels: backward.kernels,
    }),
  );
}

/**
 * Tokens are brought into the order of their experts, and their results back, weighted and summed. Where
 * experts are on several ranks, what arrives is sorted by expert once more, and back; narrow formats pad
 * each expert's tokens, and take the padding away.
 *
 * @see megatron/core/transformer/moe/token_dispatcher.py and moe_layer.py: permute, sort_chunks_by_idxs, Fp8Padding
 */
function permutationWork(device: Device, elements: number, exchanged: boolean): PassWork {
  const times = 2 * (1 + (exchanged ? 1 : 0) + (device.castBytes > 0 ? 1 : 0));
  const pass = times * expertStreamSeconds(device, 2 * device.activationBytes * elements);
  const kernels = 3 * times;
  return workOf({
    forward: pass,
    backwardInput: pass,
    forwardKernels: kernels,
    backwardKernels: kernels,
  });
}
