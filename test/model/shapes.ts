import type {StoredBytes} from '../../src/model/saved-activation.js';
import type {Attention, Transformer} from '../../src/model/transformer.js';

/** A GPT of the Megatron papers: multi-head attention, biases, layer norms, dropout, learned positions, tied. */
export function gpt(shape: {layers: number; hidden: number; heads: number; vocabulary: number}): Transformer {
  return {
    name: 'GPT',
    numLayers: shape.layers,
    hiddenSize: shape.hidden,
    vocabularySize: shape.vocabulary,
    tiedEmbeddings: true,
    positions: {kind: 'learned', maxPositions: 2048},
    attention: {
      kind: 'grouped',
      numHeads: shape.heads,
      numKeyValueHeads: shape.heads,
      headSize: shape.hidden / shape.heads,
      biases: {queryKeyValue: true, output: true},
      queryKeyNorm: false,
      span: {kind: 'full'},
    },
    mlp: {kind: 'plain', hiddenSize: 4 * shape.hidden, bias: true},
    experts: null,
    norm: {kind: 'layer', perLayer: 2, bias: true, outside: 1},
    dropout: true,
    multiTokenPrediction: 0,
  };
}

export const gpt3 = gpt({layers: 96, hidden: 12288, heads: 96, vocabulary: 51200});

/** Llama 3 8B. */
export const llama: Transformer = {
  ...gpt({layers: 32, hidden: 4096, heads: 32, vocabulary: 128256}),
  name: 'Llama',
  tiedEmbeddings: false,
  positions: {kind: 'rotary', maxPositions: 0},
  attention: {
    kind: 'grouped',
    numHeads: 32,
    numKeyValueHeads: 8,
    headSize: 128,
    biases: {queryKeyValue: false, output: false},
    queryKeyNorm: false,
    span: {kind: 'full'},
  },
  mlp: {kind: 'gated', hiddenSize: 14336, bias: false},
  norm: {kind: 'rms', perLayer: 2, bias: false, outside: 1},
  dropout: false,
};

/** Mixtral 8x7B. */
export const mixtral: Transformer = {
  ...llama,
  name: 'Mixtral',
  vocabularySize: 32000,
  experts: {
    numExperts: 8,
    topK: 2,
    expertHiddenSize: 14336,
    sharedHiddenSize: 0,
    numDenseLayers: 0,
    everyLayers: 1,
    routerBias: false,
    expertBias: false,
  },
};

const deepSeekAttention: Attention = {
  kind: 'latent',
  numHeads: 128,
  queryRank: 1536,
  keyValueRank: 512,
  nopeHeadSize: 128,
  ropeHeadSize: 64,
  valueHeadSize: 128,
  span: {kind: 'full'},
};

/** DeepSeek-V3 with its one multi-token-prediction module. */
export const deepSeek: Transformer = {
  ...llama,
  name: 'DeepSeek-V3',
  numLayers: 61,
  hiddenSize: 7168,
  vocabularySize: 129280,
  attention: deepSeekAttention,
  mlp: {kind: 'gated', hiddenSize: 18432, bias: false},
  experts: {
    numExperts: 256,
    topK: 8,
    expertHiddenSize: 2048,
    sharedHiddenSize: 2048,
    numDenseLayers: 3,
    everyLayers: 1,
    routerBias: true,
    expertBias: false,
  },
  multiTokenPrediction: 1,
};

export const denseLayer = {experts: false, attention: 'full'} as const;
export const expertLayer = {experts: true, attention: 'full'} as const;

/** Values that wait for the backward pass in training in 16 bits. */
export const storedIn16: StoredBytes = {
  value: 2,
  'product-input': 2,
  'attention-output': 2,
  'activation-input': 2,
};
