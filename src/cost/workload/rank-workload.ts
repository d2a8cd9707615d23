import type {Cluster} from '../../cluster/cluster.js';
import {paddedVocabulary} from '../../frameworks/padded-vocabulary.js';
import {
  type AttentionKernel,
  type EagerLoss,
  type EagerNorm,
  type ExpertDispatch,
  type FrameworkMemory,
  type Fusions,
  isFlash,
  type SoftwareStack,
} from '../../frameworks/stack.js';
import type {ContextExchange, Layout} from '../../layout/layout.js';
import type {RecomputedPart} from '../../model/saved-activation.js';
import type {Transformer} from '../../model/transformer.js';
import type {Training} from '../../plan/training.js';
import {keptGradientBytes} from './number-formats.js';
import {recomputedParts} from './recomputed-parts.js';

/** One micro-batch on one rank: how tokens, heads and experts are split, and with which kernels they run. */
export interface RankWorkload {
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
  readonly eagerNorm: EagerNorm;
  readonly eagerLoss: EagerLoss;
  readonly dropout: boolean;
  /** Parts that selective recomputation repeats. */
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
  /** Causal attention of the busiest context rank over the mean: 1 when balanced. */
  readonly causalImbalance: number;
  /** Load of the busiest expert rank over the mean: 1 when balanced. */
  readonly expertImbalance: number;
}

/** Fields of a layout that the workload of a rank depends on. */
export type WorkloadLayout = Pick<
  Layout,
  | 'tensor'
  | 'expertTensor'
  | 'expert'
  | 'context'
  | 'sequenceParallel'
  | 'microBatch'
  | 'causalBalancing'
  | 'contextExchange'
  | 'asyncTensor'
> &
  Partial<Pick<Layout, 'recompute'>>;

/** One micro-batch on one rank under `layout`. */
export function rankWorkload(
  {software}: Cluster,
  model: Transformer,
  training: Training,
  layout: WorkloadLayout,
): RankWorkload {
  return {
    tensor: layout.tensor,
    expertTensor: layout.expertTensor,
    expert: layout.expert,
    context: layout.context,
    sequenceParallel: layout.sequenceParallel && layout.tensor > 1,
    microBatch: layout.microBatch,
    sequenceLength: training.sequenceLength,
    attentionKernel: attentionKernelFor(model, training, software),
    fused: software.fused,
    eagerNorm: software.eagerNorm,
    eagerLoss: software.eagerLoss,
    dropout: model.dropout,
    selective: recomputedParts(model, software.selectiveRecompute, layout),
    paddedVocabulary: paddedVocabulary(
      model.vocabularySize,
      software.memory.vocabularyMultiple,
      layout.tensor,
    ),
    memory: software.memory,
    gradientBytes: keptGradientBytes(training, software),
    // In order of the sequence the last of n ranks keeps 2 n - 1 of the n^2 pairs of blocks, n on average.
    causalImbalance: layout.causalBalancing ? 1 : 2 - 1 / layout.context,
    expertImbalance: training.expertImbalance,
    contextExchange: layout.contextExchange,
    asyncTensor: layout.asyncTensor,
    expertDispatch: software.expertDispatch,
    expertDispatchBytes: software.expertDispatchBytes,
  };
}

/** The kernel that the plan or the stack names, unless the model's heads are too wide for it. */
function attentionKernelFor(
  {attention}: Transformer,
  training: Training,
  software: SoftwareStack,
): AttentionKernel {
  const named = training.attentionKernel ?? software.attentionKernel;
  const headSize =
    attention.kind === 'grouped' ? attention.headSize : attention.nopeHeadSize + attention.ropeHeadSize;
  return isFlash(named) && headSize > software.flashHeadLimit ? 'fused-softmax' : named;
}

/** Tokens of a micro-batch on one rank. */
interface TokenCounts {
  /** Tokens that the tensor group works on. */
  readonly shared: number;
  /** Tokens of this rank alone, after sequence parallelism. */
  readonly own: number;
}

/** Tokens of a micro-batch on one rank, after context and sequence parallelism. */
export function tokenCounts(workload: RankWorkload): TokenCounts {
  const shared = (workload.microBatch * workload.sequenceLength) / workload.context;
  return {shared, own: workload.sequenceParallel ? shared / workload.tensor : shared};
}
