import type {AttentionSpan} from '../../model/transformer.js';
import {
  type ArchitectureReader,
  alibiPositions,
  allBiases,
  type DecoderTraits,
  decoderShape,
  fullSpan,
  groupedAttention,
  type HeadTraits,
  layerNorm,
  noBiases,
  rmsNorm,
  rotaryPositions,
  slidingSpan,
} from './architecture.js';
import type {ConfigFields} from './config-fields.js';

/** Dense decoders on the frame of Llama: what each adds to it. Classes of the same name in transformers. */

const dense = (config: ConfigFields, shape: DecoderTraits = {}, heads: HeadTraits = {}) => ({
  ...decoderShape(config, shape),
  attention: groupedAttention(config, heads),
});

export const llama: ArchitectureReader = config =>
  dense(config, {mlp: {bias: config.flagOr('mlp_bias', false)}});

/** Version 0.1 of Mistral 7B has a window in every layer; later files set it to null. */
export const mistral: ArchitectureReader = config =>
  dense(config, {}, {biases: noBiases, span: slidingSpan(config, 0)});

/** Biases on queries, keys and values only. */
const projectionBiases = {queryKeyValue: true, output: false} as const;

/** The first Qwen: the file counts both halves of a gated feed-forward block. */
export const qwen: ArchitectureReader = config => {
  const width = config.count('intermediate_size');
  if (width % 2 !== 0) config.report('intermediate_size', `${width} is odd`, 'give the sum of both halves');
  const bias = !config.flagOr('no_bias', true);
  return dense(
    config.renamed({head_dim: 'kv_channels'}),
    {mlp: {hiddenSize: width / 2, bias}},
    {biases: {queryKeyValue: true, output: bias}},
  );
};

export const qwen2: ArchitectureReader = config =>
  dense(config, {}, {biases: projectionBiases, span: qwenSpan(config)});

/** A norm over each query and key head in place of the biases. */
export const qwen3: ArchitectureReader = config =>
  dense(config, {}, {queryKeyNorm: true, span: qwenSpan(config)});

/** Qwen files name a window that most of them do not use. */
export function qwenSpan(config: ConfigFields): AttentionSpan {
  if (!config.flagOr('use_sliding_window', false)) return fullSpan;
  if (config.list('layer_types').length > 0) return slidingSpan(config, 0);
  const fullLayers = config.countOr('max_window_layers', 0);
  if (fullLayers >= config.countOr('num_hidden_layers', 0)) return fullSpan;
  if (fullLayers > 0) {
    const message = `the first ${fullLayers} layers are full and the others have a window, which a model file cannot say`;
    config.report('max_window_layers', message, 'set use_sliding_window to false, or max_window_layers to 0');
  }
  return slidingSpan(config, 0);
}

/** Phi-3 and Phi-4: fused projections. */
export const phi3: ArchitectureReader = config =>
  dense(config, {}, {biases: noBiases, span: slidingSpan(config, 0)});

/** Norms without parameters. */
export const olmo: ArchitectureReader = config => dense(config, {norm: {...rmsNorm, kind: 'plain'}});

/** Norms after the blocks in place of those before, and over all query and all key heads at once. */
export const olmo2: ArchitectureReader = config => dense(config, {}, {queryKeyNorm: 'whole'});

/** Three of four layers have a window. */
export const olmo3: ArchitectureReader = config =>
  dense(config, {}, {queryKeyNorm: 'whole', span: slidingSpan(config, 4)});

/** A plain feed-forward block whose activation, xIELU, learns two numbers, and a norm over each query and key head. */
export const apertus: ArchitectureReader = config => {
  const bias = config.flagOr('mlp_bias', false);
  return dense(config, {mlp: {kind: 'plain', bias, activationParameters: 2}}, {queryKeyNorm: true});
};

/** The 7B has rotary positions, the 13B has ALiBi: two classes under one type. */
export const baichuan: ArchitectureReader = config => {
  const wide = config.countOr('hidden_size', 0) > baichuan7BHidden;
  return dense(config, {positions: wide ? alibiPositions : rotaryPositions});
};

const baichuan7BHidden = 4096;

/** ChatGLM 2 and 3, GLM-4 of 2024: key-value heads in groups, biases on their projections. */
export const chatGlm: ArchitectureReader = config => {
  const own = config.renamed({
    num_hidden_layers: 'num_layers',
    intermediate_size: 'ffn_hidden_size',
    vocab_size: 'padded_vocab_size',
    head_dim: 'kv_channels',
    ...(config.flagOr('multi_query_attention', false) ? {num_key_value_heads: 'multi_query_group_num'} : {}),
  });
  const bias = config.flagOr('add_bias_linear', false);
  const norm = config.flagOr('rmsnorm', true) ? rmsNorm : layerNorm;
  return dense(
    own,
    {mlp: {bias}, norm},
    {biases: {queryKeyValue: bias || config.flagOr('add_qkv_bias', false), output: bias}},
  );
};

const glmBiases = (config: ConfigFields) => ({
  queryKeyValue: config.flagOr('attention_bias', true),
  output: false,
});

/** GLM-4 9B as transformers has it. */
export const glm: ArchitectureReader = config => dense(config, {}, {biases: glmBiases(config)});

/** GLM-4-0414: norms after the blocks too. */
export const glm4: ArchitectureReader = config =>
  dense(config, {norm: {...rmsNorm, perLayer: 4}}, {biases: glmBiases(config)});

/** Attention and feed-forward side by side after one norm without a bias. */
const parallelNorm = {...layerNorm, perLayer: 1, bias: false};
const cohereHeads = (config: ConfigFields): HeadTraits => ({
  queryKeyNorm: config.flagOr('use_qk_norm', false) ? 'whole' : false,
});

export const cohere: ArchitectureReader = config =>
  dense(config, {tiedByDefault: true, norm: parallelNorm}, cohereHeads(config));

/** Command R7B and A: three of four layers have a window. */
export const cohere2: ArchitectureReader = config => {
  const every = config.countOr('sliding_window_pattern', config.countOr('layer_switch', 4));
  return dense(
    config,
    {tiedByDefault: true, norm: parallelNorm},
    {...cohereHeads(config), span: slidingSpan(config, every)},
  );
};

export const ernie45: ArchitectureReader = config => {
  const bias = config.flagOr('use_bias', false);
  return dense(config, {tiedByDefault: true, mlp: {bias}}, {biases: {queryKeyValue: bias, output: bias}});
};

/** EXAONE 3: Llama under other names. */
export const exaone: ArchitectureReader = config =>
  dense(config.renamed({num_hidden_layers: 'num_layers'}), {}, {biases: noBiases});

/** Norms after the blocks in place of those before, and over each query and key head. */
export const exaone4: ArchitectureReader = config =>
  dense(config, {}, {biases: noBiases, queryKeyNorm: true, span: slidingSpan(config, 4)});

export const hunyuan: ArchitectureReader = config =>
  dense(
    config,
    {mlp: {bias: config.flagOr('mlp_bias', false)}},
    {queryKeyNorm: config.flagOr('use_qk_norm', true)},
  );

/** InternLM 1 and 2: biases on all projections of attention, or on none. */
export const internlm: ArchitectureReader = config =>
  dense(config, {}, {biases: config.flagOr('bias', true) ? allBiases : noBiases});

export const internlm3: ArchitectureReader = config => {
  const bias = config.flagOr('bias', false);
  const biases = {queryKeyValue: config.flagOr('qkv_bias', false), output: bias};
  return dense(config, {mlp: {bias}}, {biases});
};

/** Layer norms with a bias on the frame of Llama. */
export const orion: ArchitectureReader = config => dense(config, {norm: layerNorm});

/** Seed-OSS: the output projection has a bias of its own choice. */
export const seedOss: ArchitectureReader = config => {
  const biases = {
    queryKeyValue: config.flagOr('attention_bias', true),
    output: config.flagOr('attention_out_bias', false),
  };
  return dense(config, {mlp: {bias: config.flagOr('mlp_bias', false)}}, {biases});
};

/** Every fourth layer lacks rotary positions, which hold no parameters. */
export const smolLm3: ArchitectureReader = config => {
  const span = config.flagOr('use_sliding_window', false) ? slidingSpan(config, 0) : fullSpan;
  return dense(config, {tiedByDefault: true, mlp: {bias: config.flagOr('mlp_bias', false)}}, {span});
};

/** StableLM: layer norms; the 12B has parallel blocks after one norm, and a norm for each head. */
export const stableLm: ArchitectureReader = config => {
  const perLayer = config.flagOr('use_parallel_residual', false) ? 1 : 2;
  return dense(
    config,
    {norm: {...layerNorm, perLayer}},
    {
      biases: {queryKeyValue: config.flagOr('use_qkv_bias', false), output: false},
      queryKeyNorm: config.flagOr('qk_layernorm', false) ? 'whole' : false,
    },
  );
};

/** StarCoder 2: a plain feed-forward block, layer norms, biases everywhere. */
export const starCoder2: ArchitectureReader = config => {
  const bias = config.flagOr('use_bias', true);
  return dense(
    config,
    {tiedByDefault: true, mlp: {kind: 'plain', bias}, norm: layerNorm},
    {biases: {queryKeyValue: bias, output: bias}, span: slidingSpan(config, 0)},
  );
};
