import type {Transformer} from '../../model/transformer.js';
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

/** Dense decoders of the Llama kind: rotary positions, RMS norms, gated feed-forward. */

/** transformers, models/llama/configuration_llama.py. */
export const llama: Family = config => {
  const bias = config.flagOr('attention_bias', false);
  return {
    ...llamaShape(config),
    attention: groupedHeads(config, {
      biases: {queryKeyValue: bias, output: bias},
      queryKeyNorm: false,
      span: fullSpan,
    }),
    mlp: gatedMlp(config, config.flagOr('mlp_bias', false)),
  };
};

/** Version 0.1 of Mistral 7B has a window in every layer; later files set it to null. */
export const mistral: Family = config => ({
  ...llamaShape(config),
  attention: groupedHeads(config, {
    biases: noBiases,
    queryKeyNorm: false,
    span: windowSpan(config.maybeCount('sliding_window'), 0),
  }),
});

/** Biases on queries, keys and values only. */
export const qwen2: Family = config => ({
  ...llamaShape(config),
  attention: groupedHeads(config, {
    biases: {queryKeyValue: true, output: false},
    queryKeyNorm: false,
    span: qwenSpan(config),
  }),
});

/** A norm over each query and key head in place of the biases. */
export const qwen3: Family = config => {
  const bias = config.flagOr('attention_bias', false);
  return {
    ...llamaShape(config),
    attention: groupedHeads(config, {
      biases: {queryKeyValue: bias, output: bias},
      queryKeyNorm: true,
      span: qwenSpan(config),
    }),
  };
};

/** Phi-3 and Phi-4: Llama with fused projections. */
export const phi3: Family = config => ({
  ...llamaShape(config),
  attention: groupedHeads(config, {
    biases: noBiases,
    queryKeyNorm: false,
    span: windowSpan(config.maybeCount('sliding_window'), 0),
  }),
});

/** OLMo 1: norms without parameters. */
export const olmo: Family = config => ({
  ...llama(config),
  norm: {...rmsNorm, kind: 'plain'},
});

/** OLMo 2: norms behind the blocks in place of those before, and over all query and all key heads at once. */
export const olmo2: Family = config => {
  const model = llama(config);
  return model.attention.kind === 'grouped'
    ? {...model, attention: {...model.attention, queryKeyNorm: 'whole'}}
    : model;
};

/** What all of them share; experts are put on top by the mixtures. */
export function llamaShape(config: ConfigFields): Omit<Transformer, 'name' | 'attention'> {
  return {
    ...commonShape(config, false),
    positions: rotaryPositions,
    mlp: gatedMlp(config, false),
    experts: null,
    norm: rmsNorm,
  };
}

function gatedMlp(config: ConfigFields, bias: boolean): Transformer['mlp'] {
  return {kind: 'gated', hiddenSize: config.count('intermediate_size'), bias};
}

/** Qwen files name a window that most of them do not use. */
export function qwenSpan(config: ConfigFields): Transformer['attention']['span'] {
  if (!config.flagOr('use_sliding_window', false)) return fullSpan;
  const window = config.maybeCount('sliding_window');
  const listed = listedSpan(config, window);
  if (listed !== null) return listed;
  const fullLayers = config.countOr('max_window_layers', 0);
  if (fullLayers >= config.countOr('num_hidden_layers', 0)) return fullSpan;
  if (fullLayers > 0) {
    const message = `the first ${fullLayers} layers are full and the others have a window, which the model record cannot say`;
    config.report('max_window_layers', message, 'set use_sliding_window to false, or max_window_layers to 0');
  }
  return windowSpan(window, 0);
}
