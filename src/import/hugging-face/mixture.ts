import type {AttentionSpan, Experts} from '../../model/transformer.js';
import type {ConfigFields} from './config-fields.js';
import {type Family, fullSpan, groupedHeads, listedSpan, noBiases, windowSpan} from './family.js';
import {llamaShape, qwenSpan} from './llama.js';

/** Mixtures of experts on the frame of Llama. */

const plainExperts = {
  sharedHiddenSize: 0,
  numDenseLayers: 0,
  everyLayers: 1,
  routerBias: false,
  expertBias: false,
};

/** transformers, models/mixtral/configuration_mixtral.py. */
export const mixtral: Family = config => ({
  ...llamaShape(config),
  attention: groupedHeads(config, {
    biases: noBiases,
    queryKeyNorm: false,
    span: windowSpan(config.maybeCount('sliding_window'), 0),
  }),
  experts: {
    ...plainExperts,
    ...chosenExperts(config, 'num_local_experts'),
    expertHiddenSize: config.count('intermediate_size'),
  },
});

/** The gate on the shared expert, one vector of the hidden size a layer, is not counted. */
export const qwen2Moe: Family = config => ({
  ...llamaShape(config),
  attention: groupedHeads(config, {
    biases: {queryKeyValue: true, output: false},
    queryKeyNorm: false,
    span: qwenSpan(config),
  }),
  experts: {...qwenExperts(config), sharedHiddenSize: config.count('shared_expert_intermediate_size')},
});

export const qwen3Moe: Family = config => {
  const bias = config.flagOr('attention_bias', false);
  return {
    ...llamaShape(config),
    attention: groupedHeads(config, {
      biases: {queryKeyValue: bias, output: bias},
      queryKeyNorm: true,
      span: qwenSpan(config),
    }),
    experts: qwenExperts(config),
  };
};

/** Biases everywhere; the sink of each head, one number a layer, is not counted. */
export const gptOss: Family = config => {
  const window = config.maybeCount('sliding_window');
  const bias = config.flagOr('attention_bias', true);
  return {
    ...llamaShape(config),
    attention: groupedHeads(config, {
      biases: {queryKeyValue: bias, output: bias},
      queryKeyNorm: false,
      span: listedSpan(config, window) ?? windowSpan(window, 2),
    }),
    experts: {
      ...plainExperts,
      ...chosenExperts(config, 'num_local_experts'),
      expertHiddenSize: config.count('intermediate_size'),
      routerBias: true,
      expertBias: true,
    },
  };
};

/** Text part of Llama 4: a shared expert, chunked attention but in every fourth layer. */
export const llama4: Family = config => {
  const text = config.has('text_config') ? config.section('text_config') : config;
  const hidden = text.count('intermediate_size');
  return {
    ...llamaShape(text),
    attention: groupedHeads(text, {biases: noBiases, queryKeyNorm: false, span: llama4Span(text)}),
    mlp: {kind: 'gated', hiddenSize: text.count('intermediate_size_mlp'), bias: false},
    experts: {
      ...plainExperts,
      ...chosenExperts(text, 'num_local_experts'),
      expertHiddenSize: hidden,
      sharedHiddenSize: hidden,
      everyLayers: Math.max(1, text.countOr('interleave_moe_layer_step', 1)),
    },
  };
};

/** Layers without rotary positions see the whole sequence; one of four where the file does not list them. */
function llama4Span(text: ConfigFields): AttentionSpan {
  const tokens = text.maybeCount('attention_chunk_size');
  if (tokens === null) return fullSpan;
  const listed = text.list('no_rope_layers').indexOf(0);
  const fullEveryLayers = listed >= 0 ? listed + 1 : text.countOr('no_rope_layer_interval', 4);
  return {kind: 'chunk', tokens, fullEveryLayers};
}

function qwenExperts(config: ConfigFields): Experts {
  return {
    ...plainExperts,
    ...chosenExperts(config, 'num_experts'),
    expertHiddenSize: config.count('moe_intermediate_size'),
    numDenseLayers: leadingDenseLayers(config),
    everyLayers: Math.max(1, config.countOr('decoder_sparse_step', 1)),
  };
}

/** `mlp_only_layers` as a number of leading layers. */
function leadingDenseLayers(config: ConfigFields): number {
  const layers = config.list('mlp_only_layers');
  if (!layers.every((layer, index) => layer === index)) {
    const message = 'dense layers do not come first';
    config.report('mlp_only_layers', message, 'describe the model in a file of its own with dense_layers');
  }
  return layers.length;
}

/** How many experts there are under `key`, and how many of them a token is sent to. */
export function chosenExperts(config: ConfigFields, key: string): Pick<Experts, 'numExperts' | 'topK'> {
  const numExperts = config.count(key);
  const topK = config.count('num_experts_per_tok');
  if (topK > numExperts) {
    config.report(
      'num_experts_per_tok',
      `${topK} is above the ${numExperts} experts`,
      `give at most ${numExperts}`,
    );
  }
  return {numExperts, topK};
}
