import type {AttentionKernel, ExpertDispatch, FrameworkMemory, Fusions} from '../frameworks/stack.js';
import type {ContextExchange} from '../layout/layout.js';
import type {RecomputedPart} from '../model/saved-activation.js';

/** How one micro-batch of tokens lies on one device. */
export interface Shard {
  readonly tensor: number;
  /** Tensor degree inside experts, and the expert degree. */
  readonly expertTensor: number;
  readonly expert: number;
  readonly context: number;
  readonly sequenceParallel: boolean;
  /** Sequences of a micro-batch. */
  readonly microBatch: number;
  readonly sequenceLength: number;
  readonly attentionKernel: AttentionKernel;
  readonly fused: Fusions;
  readonly dropout: boolean;
  /** What selective recomputation makes anew. */
  readonly selective: readonly RecomputedPart[];
  /** Rows of the embedding as allocated, over all tensor ranks. */
  readonly paddedVocabulary: number;
  readonly memory: FrameworkMemory;
  /** Bytes of an accumulated gradient: a weight-gradient product reads and writes them. */
  readonly gradientBytes: number;
  readonly contextExchange: ContextExchange;
  readonly asyncTensor: boolean;
  readonly expertDispatch: ExpertDispatch;
  /** Bytes of a value on its way to experts, at most. */
  readonly expertDispatchBytes: number;
  /** Share of causal attention of the busiest context rank over the mean: 1 when balanced. */
  readonly causalImbalance: number;
  /** Most loaded expert rank over the mean, 1 when balanced. */
  readonly expertImbalance: number;
}

/** Tokens of a micro-batch on one rank: all that the tensor group works on, and those of this rank alone. */
interface TokenCounts {
  readonly shared: number;
  readonly own: number;
}

/** Tokens of a micro-batch on one rank, after context and sequence parallelism. */
export function tokenCounts(shard: Shard): TokenCounts {
  const shared = (shard.microBatch * shard.sequenceLength) / shard.context;
  return {shared, own: shard.sequenceParallel ? shared / shard.tensor : shared};
}
