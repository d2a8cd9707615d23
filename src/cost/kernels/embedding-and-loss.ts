import type {EmbeddingLookup, LossOperator} from '../../model/operators.js';
import {tokenCounts} from '../workload/rank-workload.js';
import {type PassWork, workOf} from '../workload/work.js';
import type {KernelContext} from './device.js';
import {streamSeconds} from './gemm.js';

/**
 * Bytes that a stream would move in the time that a lookup takes for each value: its rows are far apart, and the
 * kernel is bound by addresses, in 16 as in 32 bits. A100 and GH200 (DebarghaG/estimate-train-time at
 * 1ac4d5e), PyTorch on A100 (linkedin/Liger-Kernel at ead96b6).
 */
const lookupBytes = 22;
/** The same of the sum of gradients into rows of the table, after tokens are sorted. Same A100. */
const scatterBytes = 18;
/** Kernels of the sort of tokens, its scans and the sums, which the library starts itself. Same A100. */
const sortKernels = 40;
/** Passes over the whole table in its own format: filled with zeros, then added to the accumulated gradient. */
const tablePasses = 4.5;

/** Lookup of tokens, and the sum of their gradients into the table; learned positions are one more pass. */
export function embeddingWork({device, workload}: KernelContext, {hiddenSize}: EmbeddingLookup): PassWork {
  const elements = tokenCounts(workload).shared * hiddenSize;
  const table = (workload.paddedVocabulary / workload.tensor) * hiddenSize;
  return workOf({
    forward: streamSeconds(device, lookupBytes * elements),
    backwardWeight: streamSeconds(
      device,
      scatterBytes * elements + tablePasses * device.activationBytes * table,
      sortKernels,
    ),
    forwardKernels: 4,
    backwardKernels: 6,
  });
}

/**
 * Bytes that a stream would move in the time that the loss takes for each logit: fused as in Liger and
 * Transformer Engine, PyTorch's own log-softmax, or Megatron's steps.
 *
 * Fused and PyTorch: A100, H100 and B200; steps in 32 bits: H100 (linkedin/Liger-Kernel at ead96b6); steps in
 * 16 bits: A100 and GH200 (DebarghaG/estimate-train-time at 1ac4d5e).
 */
const lossTraffic = {
  fused: {forward: 11, backward: 14, kernels: 2},
  torch: {forward: 18, backward: 24, kernels: 8},
  'steps-in-32-bits': {forward: 44, backward: 15, kernels: 12},
  'steps-in-16-bits': {forward: 29, backward: 9, kernels: 12},
} as const;

/** Softmax over the vocabulary and cross-entropy: memory traffic over the logits of this rank. */
export function lossWork({device, workload}: KernelContext, _loss: LossOperator): PassWork {
  const logits = (tokenCounts(workload).shared * workload.paddedVocabulary) / workload.tensor;
  const traffic = lossTraffic[workload.fused.crossEntropy ? 'fused' : workload.eagerLoss];
  return workOf({
    forward: streamSeconds(device, traffic.forward * logits, traffic.kernels),
    backwardInput: streamSeconds(device, traffic.backward * logits, traffic.kernels),
    forwardKernels: traffic.kernels,
    backwardKernels: traffic.kernels,
  });
}
