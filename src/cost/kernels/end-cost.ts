import type {EmbeddingLookup, LossOperator} from '../../model/operators.js';
import {type Shard, tokenCounts} from '../shard.js';
import {type ComputeCost, noCompute} from './compute-cost.js';
import type {Device} from './device.js';
import {streamSeconds} from './gemm.js';

/** Looking tokens up, and adding their gradients into the table; learned positions are one more pass. */
export function embeddingCost(device: Device, {hiddenSize}: EmbeddingLookup, shard: Shard): ComputeCost {
  const elements = tokenCounts(shard).shared * hiddenSize;
  return {
    ...noCompute,
    forward: streamSeconds(device, 4 * elements * device.activationBytes),
    backwardWeight: streamSeconds(device, elements * (device.activationBytes + 2 * shard.gradientBytes)),
    forwardKernels: 4,
    backwardKernels: 4,
  };
}

/** Bytes that the loss moves for each logit: 16-bit logits, statistics in 32 bits. */
const lossTraffic = {
  fused: {forward: 4, backward: 4, kernels: 2},
  // Convert to 32 bits, subtract the maximum, exponentiate, sum; then scale and subtract the target.
  separate: {forward: 24, backward: 12, kernels: 8},
} as const;

/** Softmax over the vocabulary and cross-entropy: memory traffic over the logits of this rank. */
export function lossCost(device: Device, _loss: LossOperator, shard: Shard): ComputeCost {
  const logits = (tokenCounts(shard).shared * shard.paddedVocabulary) / shard.tensor;
  const traffic = shard.fused.crossEntropy ? lossTraffic.fused : lossTraffic.separate;
  return {
    ...noCompute,
    forward: streamSeconds(device, traffic.forward * logits),
    backwardInput: streamSeconds(device, traffic.backward * logits),
    forwardKernels: traffic.kernels,
    backwardKernels: traffic.kernels,
  };
}
