import {type AttentionKernel, isFlash} from '../../frameworks/stack.js';
import type {Operator} from '../../model/operators.js';
import {
  type RecomputedPart,
  type SavedActivation,
  type ScoreKernels,
  type StoredBytes,
  savedBytesPerToken,
} from '../../model/saved-activation.js';
import type {Transformer} from '../../model/transformer.js';
import {type Shard, tokenCounts} from '../shard.js';

/** Bytes that one layer keeps of one micro-batch, by what is recomputed. */
export interface LayerActivations {
  readonly none: number;
  readonly selective: number;
  readonly full: number;
}

/**
 * Bytes kept of one layer for the backward pass of one micro-batch on one device.
 *
 * For a GPT layer with dropout and unfused attention: s b h (34 + 5 a s / h) without parallelism,
 * and the rows of Korthikanti et al. 2022, Table 2, with it.
 */
export function layerActivations(
  model: Transformer,
  operators: readonly Operator[],
  shard: Shard,
  stored: StoredBytes,
): LayerActivations {
  const buffers = operators.flatMap(operator => operator.saved);
  return {
    none: keptBytes(buffers, shard, stored, []),
    selective: keptBytes(buffers, shard, stored, shard.selective),
    full: tokenCounts(shard).own * model.hiddenSize * stored.value,
  };
}

/** Bytes of `buffers` for one micro-batch on one device, without those of the parts made anew. */
export function keptBytes(
  buffers: readonly SavedActivation[],
  shard: Shard,
  stored: StoredBytes,
  recomputed: readonly RecomputedPart[],
): number {
  return (
    tokenCounts(shard).shared *
    savedBytesPerToken(buffers, {
      sequenceLength: shard.sequenceLength,
      fused: shard.fused,
      scores: scoresOf(shard.attentionKernel),
      tensor: shard.tensor,
      expertTensor: shard.expertTensor,
      sequenceParallel: shard.sequenceParallel,
      stored,
      recomputed,
    })
  );
}

function scoresOf(kernel: AttentionKernel): ScoreKernels {
  if (isFlash(kernel)) return 'on-chip';
  return kernel === 'unfused' ? 'separate' : 'fused';
}
