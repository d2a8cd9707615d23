import {
  type ArchitectureReader,
  decoderShape,
  groupedAttention,
  type HeadTraits,
  rmsNorm,
  slidingSpan,
} from './architecture.js';
import type {ConfigFields} from './config-fields.js';

/**
 * Gemma: embeddings tied, heads of 256 whatever the hidden size; 2 and 3 with norms after each block too.
 * Files leave to the class what is as in it: transformers, models/gemma*, configuration_gemma*.py.
 */

export const gemma: ArchitectureReader = config => gemmaModel(config.withDefaults(gemmaDefaults), 2);

/** Layers with a window and full layers take turns. */
export const gemma2: ArchitectureReader = config => {
  const fields = config.withDefaults(gemmaDefaults);
  return gemmaModel(fields, 4, {span: slidingSpan(fields, 2)});
};

/** Text part of Gemma 3: five layers with a window to one full, norms over query and key heads. */
export const gemma3: ArchitectureReader = config => {
  const fields = config.withDefaults(gemma3Defaults);
  const every = fields.countOr('sliding_window_pattern', 6);
  return gemmaModel(fields, 4, {queryKeyNorm: true, span: slidingSpan(fields, every)});
};

const gemmaDefaults = {vocab_size: 256000, head_dim: 256};
const gemma3Defaults = {
  vocab_size: 262208,
  head_dim: 256,
  num_attention_heads: 8,
  num_key_value_heads: 4,
};

function gemmaModel(config: ConfigFields, normsPerLayer: number, heads: HeadTraits = {}) {
  return {
    ...decoderShape(config, {tiedByDefault: true, norm: {...rmsNorm, perLayer: normsPerLayer}}),
    attention: groupedAttention(config, heads),
  };
}
