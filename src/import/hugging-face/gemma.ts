import type {AttentionSpan, GroupedAttention} from '../../model/transformer.js';
import type {ConfigFields} from './config-fields.js';
import {
  commonShape,
  type Family,
  fullSpan,
  groupedHeads,
  listedSpan,
  noBiases,
  rmsNorm,
  rotaryPositions,
  windowSpan,
} from './family.js';

/** Gemma: embeddings tied, heads of 256 whatever the hidden size; 2 and 3 with norms behind each block too. */

/** Rows of the embedding, which the files of Gemma 3 leave to the class. transformers, configuration_gemma*.py. */
const gemmaVocabulary = 256000;
const gemma3Vocabulary = 262208;
const gemmaHeadSize = 256;

export const gemma: Family = config => gemmaShape(config, gemmaVocabulary, 2, fullSpan, false);

/** Layers with a window and full layers take turns. */
export const gemma2: Family = config => {
  const window = config.maybeCount('sliding_window');
  return gemmaShape(config, gemmaVocabulary, 4, listedSpan(config, window) ?? windowSpan(window, 2), false);
};

/** Text part of Gemma 3: five layers with a window to one full, norms over query and key heads. */
export const gemma3: Family = config => {
  const text = config.has('text_config') ? config.section('text_config') : config;
  const window = text.maybeCount('sliding_window');
  const every = text.countOr('sliding_window_pattern', 6);
  return gemmaShape(text, gemma3Vocabulary, 4, listedSpan(text, window) ?? windowSpan(window, every), true);
};

function gemmaShape(
  config: ConfigFields,
  vocabulary: number,
  normsPerLayer: number,
  span: AttentionSpan,
  queryKeyNorm: boolean,
) {
  const withDefaults: ConfigFields = {
    ...config,
    count: key => (key === 'vocab_size' ? config.countOr(key, vocabulary) : config.count(key)),
  };
  return {
    ...commonShape(withDefaults, true),
    positions: rotaryPositions,
    attention: gemmaHeads(config, span, queryKeyNorm),
    mlp: {kind: 'gated', hiddenSize: config.count('intermediate_size'), bias: false},
    experts: null,
    norm: {...rmsNorm, perLayer: normsPerLayer},
  } as const;
}

function gemmaHeads(config: ConfigFields, span: AttentionSpan, queryKeyNorm: boolean): GroupedAttention {
  const withHeadSize: ConfigFields = {
    ...config,
    maybeCount: key => config.maybeCount(key) ?? (key === 'head_dim' ? gemmaHeadSize : null),
  };
  const bias = config.flagOr('attention_bias', false);
  const biases = bias ? {queryKeyValue: true, output: true} : noBiases;
  return groupedHeads(withHeadSize, {biases, queryKeyNorm, span});
}
