import type {RecomputedBlock, SavedActivation} from './saved-activation.js';

/**
 * A transformer as a list of operators in the order in which they run. All widths are per token and
 * before any parallelism; an operator states what divides it.
 */
export type Operator =
  | Gemm
  | AttentionCore
  | NormOperator
  | Elementwise
  | Router
  | ExpertGroup
  | EmbeddingLookup
  | LossOperator;

interface Saving {
  /** What it keeps for the backward pass. A buffer that two operators read is listed once, at the first. */
  readonly saved: readonly SavedActivation[];
}

/** A projection of each token: tokens x inFeatures times inFeatures x outFeatures. */
export interface Gemm extends Saving {
  readonly kind: 'gemm';
  readonly name: GemmName;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly bias: boolean;
  /** Which side of the weight tensor parallelism divides: its outputs, its inputs, or none. */
  readonly split: 'column' | 'row' | 'replicated';
  /** Share of it that is every other product of its layer, where it stands for several (query, key, value). */
  readonly alternateShare: number;
  /** Block that it is part of; absent: none that is recomputed as a whole. */
  readonly block?: RecomputedBlock;
}

export type GemmName =
  | 'query-key-value'
  | 'query-down'
  | 'query-up'
  | 'key-value-down'
  | 'key-value-up'
  | 'attention-output'
  | 'mlp-up'
  | 'mlp-down'
  | 'prediction-projection'
  | 'logits';

/** Scores, softmax and weighted values. Tensor parallelism divides the heads. */
export interface AttentionCore extends Saving {
  readonly kind: 'attention';
  readonly numHeads: number;
  readonly numKeyValueHeads: number;
  /** Width of one query or key head, and of one value head. */
  readonly headSize: number;
  readonly valueHeadSize: number;
  /** Most keys that a query of this layer sees; null: the whole sequence. A chunk does not slide. */
  readonly span: {readonly kind: 'window' | 'chunk'; readonly tokens: number} | null;
}

/** A norm over `features` values of each token: the hidden size, or all query and key heads together. */
export interface NormOperator extends Saving {
  readonly kind: 'norm';
  readonly name:
    | 'input'
    | 'post-attention'
    | 'mlp'
    | 'shared-experts'
    | 'post-mlp'
    | 'query-key'
    | 'latent'
    | 'embedding'
    | 'final'
    | 'prediction';
  readonly type: 'layer' | 'rms' | 'plain';
  readonly features: number;
  /** What divides its tokens or features: heads with tensor parallelism, tokens with sequence parallelism. */
  readonly split: 'tensor' | 'sequence';
}

/** An operator that streams its operands: its time is memory traffic. */
export interface Elementwise extends Saving {
  readonly kind: 'elementwise';
  readonly name: ElementwiseName;
  readonly split: 'tensor' | 'sequence';
  /** As one kernel, and as the separate kernels of an unfused framework. */
  readonly fused: ElementwisePasses;
  readonly separate: ElementwisePasses;
  /** Block that it is part of; absent: none that is recomputed as a whole. */
  readonly block?: RecomputedBlock;
}

/** Residual: bias, dropout and addition. Shared gate: the sigmoid of a product with one vector scales a token. */
export type ElementwiseName = 'rotary' | 'activation' | 'residual' | 'embedding-dropout' | 'shared-gate';

export interface ElementwisePasses {
  readonly forward: Traffic;
  readonly backward: Traffic;
}

/** Kernels, and the values that they read and write for each token. */
export interface Traffic {
  readonly kernels: number;
  readonly reads: number;
  readonly writes: number;
}

/** Scores of each token against each expert, in fp32, and the choice of the top k. */
export interface Router extends Saving {
  readonly kind: 'router';
  readonly inFeatures: number;
  readonly numExperts: number;
  readonly topK: number;
}

/** The routed experts: each token goes through `topK` of them. */
export interface ExpertGroup extends Saving {
  readonly kind: 'experts';
  readonly numExperts: number;
  readonly topK: number;
  readonly hiddenSize: number;
  readonly expertHiddenSize: number;
  /** Products of one expert, per routed token: column projection, activation, row projection. */
  readonly gemms: readonly Gemm[];
  readonly activation: Elementwise;
}

export interface EmbeddingLookup extends Saving {
  readonly kind: 'embedding';
  readonly vocabularySize: number;
  readonly hiddenSize: number;
}

/** Softmax over the vocabulary and cross-entropy. */
export interface LossOperator extends Saving {
  readonly kind: 'loss';
  readonly vocabularySize: number;
}

/**
 * Forward FLOP of one token in a sequence of `sequenceLength`: matrix products only, a multiply-add
 * counts as two.
 *
 * Attention is not halved for causality: each query meets every key of its span. The Megatron
 * convention, Narayanan et al. 2021 (arXiv 2104.04473) appendix.
 */
export function forwardFlop(operator: Operator, sequenceLength: number): number {
  switch (operator.kind) {
    case 'gemm':
      return 2 * operator.inFeatures * operator.outFeatures;
    case 'attention':
      return attentionFlop(operator, keysSeen(operator, sequenceLength));
    case 'router':
      return 2 * operator.inFeatures * operator.numExperts;
    case 'experts':
      return operator.topK * operator.gemms.reduce((sum, gemm) => sum + forwardFlop(gemm, sequenceLength), 0);
    default:
      return 0;
  }
}

/** The same with each query meeting only the keys before it and itself. */
export function causalForwardFlop(operator: Operator, sequenceLength: number): number {
  if (operator.kind !== 'attention') return forwardFlop(operator, sequenceLength);
  return attentionFlop(operator, causalKeys(operator, sequenceLength));
}

/** Products of queries with keys and of scores with values. */
function attentionFlop({numHeads, headSize, valueHeadSize}: AttentionCore, keys: number): number {
  return 2 * keys * numHeads * (headSize + valueHeadSize);
}

/** Keys that a query meets when nothing is masked inside its span. */
function keysSeen({span}: AttentionCore, sequenceLength: number): number {
  return span === null ? sequenceLength : Math.min(span.tokens, sequenceLength);
}

/** Keys that the average query of a sequence meets under the causal mask, itself included. */
export function causalKeys(operator: AttentionCore, sequenceLength: number): number {
  const span = keysSeen(operator, sequenceLength);
  if (operator.span?.kind === 'chunk') return causalChunkKeys(span, sequenceLength);
  // The first `span` queries see 1, 2, ... keys, the others `span` each.
  return span - (span * (span - 1)) / (2 * sequenceLength);
}

/** Whole chunks and a rest, each causal by itself. */
function causalChunkKeys(chunk: number, sequenceLength: number): number {
  const rest = sequenceLength % chunk;
  const pairs = Math.floor(sequenceLength / chunk) * ((chunk * (chunk + 1)) / 2) + (rest * (rest + 1)) / 2;
  return pairs / sequenceLength;
}
