import type {EmbeddingLookup, LossOperator} from '../../model/operators.js';
import {tokenCounts} from '../workload/rank-workload.js';
import {type PassWork, workOf} from '../workload/work.js';
import type {KernelContext} from './device.js';
import {streamSeconds} from './gemm.js';

/** Lookup of tokens, and the sum of their gradients into the table; learned positions are one more pass. */
export function embeddingWork({device, workload}: KernelContext, {hiddenSize}: EmbeddingLookup): PassWork {
  const elements = tokenCounts(workload).shared * hiddenSize;
  const {activationBytes} = device;
  return workOf({
    forward: streamSeconds(device, 4 * elements * activationBytes),
    backwardWeight: streamSeconds(device, elements * (activationBytes + 2 * workload.gradientBytes)),
    forwardKernels: 4,
    backwardKernels: 4,
  });
}

/** Bytes that the loss moves for each logit: 16-bit logits, statistics in 32 bits. */
const lossTraffic = {
  fused: {forward: 4, backward: 4, kernels: 2},
  // Convert to 32 bits, subtract the maximum, exponentiate, sum; then scale and subtract the target.
  separate: {forward: 24, backward: 12, kernels: 8},
} as const;

/** Softmax over the vocabulary and cross-entropy: memory traffic over the logits of this rank. */
export function lossWork({device, workload}: KernelContext, _loss: LossOperator): PassWork {
  const logits = (tokenCounts(workload).shared * workload.paddedVocabulary) / workload.tensor;
  const traffic = workload.fused.crossEntropy ? lossTraffic.fused : lossTraffic.separate;
  return workOf({
    forward: streamSeconds(device, traffic.forward * logits),
    backwardInput: streamSeconds(device, traffic.backward * logits),
    forwardKernels: traffic.kernels,
    backwardKernels: traffic.kernels,
  });
}
