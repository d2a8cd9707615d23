import {
  commonShape,
  type Family,
  fullSpan,
  groupedHeads,
  headSize,
  layerNorm,
  rotaryPositions,
} from './family.js';

/** Decoders with layer norms and plain feed-forward blocks: GPT-2, GPT-NeoX, Phi 1 and 2, Nemotron. */

const allBiases = {queryKeyValue: true, output: true} as const;

/** transformers, models/gpt2/configuration_gpt2.py: field names of its own. */
export const gpt2: Family = config => {
  const hiddenSize = config.count('n_embd');
  const numHeads = config.count('n_head');
  if (hiddenSize % numHeads !== 0) {
    config.report('n_head', `${numHeads} heads do not divide ${hiddenSize}`, 'give a divisor of n_embd');
  }
  return {
    numLayers: config.count('n_layer'),
    hiddenSize,
    vocabularySize: config.count('vocab_size'),
    tiedEmbeddings: config.flagOr('tie_word_embeddings', true),
    positions: {kind: 'learned', maxPositions: config.count('n_positions')},
    attention: {
      kind: 'grouped',
      numHeads,
      numKeyValueHeads: numHeads,
      headSize: hiddenSize / numHeads,
      biases: allBiases,
      queryKeyNorm: false,
      span: fullSpan,
    },
    mlp: {kind: 'plain', hiddenSize: config.maybeCount('n_inner') ?? 4 * hiddenSize, bias: true},
    experts: null,
    norm: layerNorm,
    dropout: config.fraction('resid_pdrop') > 0 || config.fraction('attn_pdrop') > 0,
    multiTokenPrediction: 0,
  };
};

/** Parallel blocks, but a norm for each. */
export const gptNeoX: Family = config => {
  const bias = config.flagOr('attention_bias', true);
  return {
    ...commonShape(config, false),
    positions: rotaryPositions,
    attention: groupedHeads(config, {
      biases: {queryKeyValue: bias, output: bias},
      queryKeyNorm: false,
      span: fullSpan,
    }),
    mlp: {kind: 'plain', hiddenSize: config.count('intermediate_size'), bias: true},
    experts: null,
    norm: layerNorm,
  };
};

/** Phi-1, 1.5 and 2: parallel blocks behind one norm. The bias of the head, one number a word, is not counted. */
export const phi: Family = config => ({
  ...commonShape(config, false),
  positions: rotaryPositions,
  attention: groupedHeads(config, {
    biases: allBiases,
    queryKeyNorm: config.flagOr('qk_layernorm', false),
    span: fullSpan,
  }),
  mlp: {kind: 'plain', hiddenSize: config.count('intermediate_size'), bias: true},
  experts: null,
  norm: {...layerNorm, perLayer: 1},
});

/** Squared ReLU, no biases but in the norms. transformers, models/nemotron/configuration_nemotron.py. */
export const nemotron: Family = config => {
  const bias = config.flagOr('attention_bias', false);
  return {
    ...commonShape(config, false),
    positions: rotaryPositions,
    attention: groupedHeads(config, {
      biases: {queryKeyValue: bias, output: bias},
      queryKeyNorm: false,
      span: fullSpan,
    }),
    mlp: {
      kind: 'plain',
      hiddenSize: config.count('intermediate_size'),
      bias: config.flagOr('mlp_bias', false),
    },
    experts: null,
    norm: layerNorm,
  };
};

/**
 * Falcon: multi-query attention behind one norm (7B), or the new decoder with key-value groups and a
 * norm for each of the parallel blocks (40B, 180B).
 *
 * transformers, models/falcon/configuration_falcon.py.
 */
export const falcon: Family = config => {
  const numHeads = config.count('num_attention_heads');
  const newDecoder = config.flagOr('new_decoder_architecture', false);
  const parallel = newDecoder || config.flagOr('parallel_attn', true);
  const bias = config.flagOr('bias', false);
  const shape = commonShape(config, true);
  const multiQuery = config.flagOr('multi_query', true);
  const normsPerLayer = newDecoder ? config.countOr('num_ln_in_parallel_attn', 2) : parallel ? 1 : 2;
  return {
    ...shape,
    positions: config.flagOr('alibi', false) ? {kind: 'alibi', maxPositions: 0} : rotaryPositions,
    attention: {
      kind: 'grouped',
      numHeads,
      numKeyValueHeads: newDecoder ? config.countOr('num_kv_heads', numHeads) : multiQuery ? 1 : numHeads,
      headSize: headSize(config, numHeads),
      biases: {queryKeyValue: bias, output: bias},
      queryKeyNorm: false,
      span: fullSpan,
    },
    mlp: {kind: 'plain', hiddenSize: config.maybeCount('ffn_hidden_size') ?? 4 * shape.hiddenSize, bias},
    experts: null,
    norm: {...layerNorm, perLayer: normsPerLayer},
  };
};
