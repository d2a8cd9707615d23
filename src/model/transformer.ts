/**
 * A decoder-only transformer, described by the figures that fix its parameters, FLOP and activations.
 *
 * Everything else (operators, counts, memory) is derived from this record; nothing here depends on
 * how the model is trained or laid out.
 */
export interface Transformer {
  readonly name: string;
  readonly numLayers: number;
  readonly hiddenSize: number;
  /** Rows of the embedding as published, before any padding that a framework adds. */
  readonly vocabularySize: number;
  readonly tiedEmbeddings: boolean;
  /** A bias on the logits, one number for each word (GPT-J, Phi 1 and 2); absent: none. */
  readonly headBias?: true;
  readonly positions: Positions;
  readonly attention: Attention;
  /** The feed-forward block of a dense layer. */
  readonly mlp: Mlp;
  /** Null for a dense model. */
  readonly experts: Experts | null;
  readonly norm: Norm;
  /** Dropout masks are kept for the backward pass. */
  readonly dropout: boolean;
  /** Extra transformer layers that predict tokens further ahead (DeepSeek-V3: 1). */
  readonly multiTokenPrediction: number;
}

/** Learned positions are a table of `maxPositions` rows of the hidden size; the other kinds hold no parameters. */
export interface Positions {
  readonly kind: 'learned' | 'rotary' | 'alibi' | 'none';
  readonly maxPositions: number;
}

export type Attention = GroupedAttention | LatentAttention;

/** Multi-head (kv heads = heads), grouped-query and multi-query (kv heads = 1) attention. */
export interface GroupedAttention {
  readonly kind: 'grouped';
  readonly numHeads: number;
  readonly numKeyValueHeads: number;
  readonly headSize: number;
  readonly biases: {readonly queryKeyValue: boolean; readonly output: boolean};
  /** A norm over each query and key head with one vector of the head size each (Qwen3), or over all heads at once (OLMo 2). */
  readonly queryKeyNorm: boolean | 'whole';
  /** A learned logit for each head that takes part in the softmax without a key (gpt-oss); absent: none. */
  readonly sinks?: true;
  readonly span: AttentionSpan;
}

/** Multi-head latent attention, DeepSeek-V2 (arXiv 2405.04434 sec. 2.1): keys and values from a low-rank latent. */
export interface LatentAttention {
  readonly kind: 'latent';
  readonly numHeads: number;
  /** Rank of the query latent; null where queries are projected directly. */
  readonly queryRank: number | null;
  readonly keyValueRank: number;
  readonly nopeHeadSize: number;
  readonly ropeHeadSize: number;
  readonly valueHeadSize: number;
  readonly span: AttentionSpan;
}

/** How far back a query sees: the whole sequence, or in some layers a sliding window or a chunk of `tokens`. */
export type AttentionSpan =
  | {readonly kind: 'full'}
  | {
      readonly kind: 'window' | 'chunk';
      readonly tokens: number;
      /** One layer of each n is full and the other n - 1 are local; 0: all are local. */
      readonly fullEveryLayers: number;
      /** The full layer is the first of each group (GPT-Neo); absent: the last. */
      readonly fullFirst?: true;
    };

/** The feed-forward block of a dense layer. */
export interface Mlp {
  /** Gated: three matrices (SwiGLU, GeGLU); plain: two. */
  readonly kind: 'plain' | 'gated';
  readonly hiddenSize: number;
  readonly bias: boolean;
  /** Numbers that the activation itself learns (2 of xIELU in Apertus); absent: none. */
  readonly activationParameters?: number;
}

/** Routed and shared experts of a mixture. */
export interface Experts {
  readonly numExperts: number;
  /** Experts that each token is sent to. */
  readonly topK: number;
  readonly expertHiddenSize: number;
  /** Width of all shared experts together; 0: none. */
  readonly sharedHiddenSize: number;
  /** The output of the shared experts is scaled by a gate of one vector of the hidden size (Qwen 1.5 and 2); absent: it is not. */
  readonly sharedGate?: true;
  /** Leading layers that keep the dense feed-forward block. */
  readonly numDenseLayers: number;
  /** One layer of each n holds experts (1: every layer after the dense ones). */
  readonly everyLayers: number;
  readonly routerBias: boolean;
  /** A token goes to experts of `chosen` of `count` equal groups only; absent: to any. DeepSeek-V3, arXiv 2412.19437 sec. 2.1.2. */
  readonly groups?: ExpertGroups;
  readonly expertBias: boolean;
}

/** Node-limited routing: groups of experts, of which each token chooses some. */
export interface ExpertGroups {
  readonly count: number;
  readonly chosen: number;
}

/** Normalisation of the hidden state. */
export interface Norm {
  /** A layer norm holds a gain and a bias, an RMS norm a gain, a plain norm nothing (OLMo 1). */
  readonly kind: 'layer' | 'rms' | 'plain';
  /**
   * Norms in one layer: 2; 1 for parallel blocks; 3 with a norm of its own before the shared experts (Arctic);
   * 4 with norms after attention and feed-forward too (Gemma 2 and 3).
   */
  readonly perLayer: number;
  readonly bias: boolean;
  /** Norms outside the layers: 1, the final one; 2 with one after the embedding (BLOOM). */
  readonly outside: number;
}

/** Kind of a layer: layers that hold experts or see the whole sequence differ from the others. */
export interface LayerKind {
  readonly experts: boolean;
  readonly attention: 'full' | 'local';
}
