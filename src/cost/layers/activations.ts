import {type AttentionKernel, isFlash} from '../../frameworks/stack.js';
import type {Operator} from '../../model/operators.js';
import {
  type RecomputedPart,
  type SavedActivation,
  type ScoreKernels,
  savedBytesPerToken,
} from '../../model/saved-activation.js';
import type {KernelContext} from '../kernels/device.js';
import {tokenCounts} from '../workload/rank-workload.js';
import type {RankContext} from './rank-context.js';

/** Bytes that one layer saves of one micro-batch, by what is recomputed. */
export interface LayerActivations {
  readonly none: number;
  readonly selective: number;
  readonly full: number;
}

/**
 * Bytes of one layer saved for the backward pass of one micro-batch on one device.
 *
 * For a GPT layer with dropout and unfused attention: s b h (34 + 5 a s / h) without parallelism,
 * and the rows of Korthikanti et al. 2022, Table 2, with it.
 */
export function layerActivations(
  rank: Omit<RankContext, 'groups'>,
  operators: readonly Operator[],
): LayerActivations {
  const {device, model, workload} = rank;
  const buffers = operators.flatMap(operator => operator.saved);
  return {
    none: savedBytes(rank, buffers, []),
    selective: savedBytes(rank, buffers, workload.selective),
    full: tokenCounts(workload).own * model.hiddenSize * device.storedBytes.value,
  };
}

/** Bytes of `buffers` for one micro-batch on one device, without those of the parts that are recomputed. */
export function savedBytes(
  {device, workload}: KernelContext,
  buffers: readonly SavedActivation[],
  recomputed: readonly RecomputedPart[],
): number {
  const {sequenceLength, fused, attentionKernel, tensor, expertTensor, sequenceParallel} = workload;
  const perToken = savedBytesPerToken(buffers, {
    sequenceLength,
    fused,
    scores: scoreKernels(attentionKernel),
    tensor,
    expertTensor,
    sequenceParallel,
    stored: device.storedBytes,
    recomputed,
  });
  return tokenCounts(workload).shared * perToken;
}

function scoreKernels(kernel: AttentionKernel): ScoreKernels {
  if (isFlash(kernel)) return 'on-chip';
  return kernel === 'unfused' ? 'separate' : 'fused';
}
