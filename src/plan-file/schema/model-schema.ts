import * as z from 'zod';
import {fields, flag, quantity, text, wholeNumber, word} from './fields.js';

/** Shape of a model file and of an inline `model:` section. */
const local = fields({
  tokens: wholeNumber(),
  full_every: z
    .optional(wholeNumber('not negative'))
    .describe('one layer of each n sees the whole sequence; absent or 0: none does'),
  full_first: z.optional(flag()).describe('the full layer is the first of each group; absent: the last'),
});

const latent = fields({
  query_rank: z.optional(wholeNumber()).describe('absent: queries are projected directly'),
  key_value_rank: wholeNumber(),
  nope_head: wholeNumber(),
  rope_head: wholeNumber(),
  value_head: wholeNumber(),
});

const attention = fields({
  heads: wholeNumber(),
  kv_heads: z.optional(wholeNumber()).describe('absent: as many as heads'),
  head_size: z.optional(wholeNumber()).describe('absent: hidden / heads'),
  bias: z.optional(z.union([flag(), fields({query_key_value: flag(), output: flag()})])),
  query_key_norm: z.optional(z.union([flag(), word(['whole'])])).describe('whole: over all heads together'),
  sinks: z.optional(flag()).describe('a learned logit for each head in the softmax (gpt-oss)'),
  window: z.optional(local),
  chunk: z.optional(local),
  latent: z.optional(latent).describe('multi-head latent attention (DeepSeek)'),
});

const experts = fields({
  count: wholeNumber(),
  top_k: wholeNumber(),
  hidden: wholeNumber(),
  shared_hidden: z.optional(wholeNumber('not negative')),
  shared_gate: z.optional(flag()).describe('a gate of one vector on the shared experts (Qwen 1.5 and 2)'),
  dense_layers: z.optional(wholeNumber('not negative')),
  every_layers: z.optional(wholeNumber()),
  router_bias: z.optional(flag()),
  groups: z
    .optional(fields({count: wholeNumber(), chosen: wholeNumber()}))
    .describe('each token goes to experts of `chosen` of `count` equal groups; absent: to any'),
  bias: z.optional(flag()),
});

const publishedCount = quantity('count', {sign: 'positive'});

const architecture = {
  source: z.optional(text()),
  layers: wholeNumber(),
  hidden: wholeNumber(),
  vocabulary: wholeNumber(),
  tied_embeddings: z.optional(flag()),
  head_bias: z.optional(flag()).describe('a bias on the logits (GPT-J, Phi 1 and 2)'),
  positions: z.optional(z.union([word(['rotary', 'alibi', 'none']), fields({learned: wholeNumber()})])),
  attention,
  mlp: z.optional(
    fields({
      kind: z.optional(word(['gated', 'plain'])),
      hidden: z.optional(wholeNumber()),
      bias: z.optional(flag()),
      activation_parameters: z
        .optional(wholeNumber('not negative'))
        .describe('numbers that the activation learns (xIELU: 2)'),
    }),
  ),
  experts: z.optional(experts),
  norm: z.optional(
    fields({
      kind: z.optional(word(['rms', 'layer', 'plain'])),
      per_layer: z.optional(wholeNumber()),
      bias: z.optional(flag()),
      outside: z.optional(wholeNumber('not negative')),
    }),
  ),
  dropout: z.optional(flag()),
  multi_token_prediction: z.optional(wholeNumber('not negative')),
  published_parameters: z
    .optional(fields({total: publishedCount, active: z.optional(publishedCount), source: z.optional(text())}))
    .describe('for readers of the file; nothing is computed from it'),
};

const common = z
  .optional(
    fields({
      ...architecture,
      layers: z.optional(architecture.layers),
      hidden: z.optional(architecture.hidden),
      vocabulary: z.optional(architecture.vocabulary),
      attention: z.optional(attention.extend({latent: z.optional(latent.partial())}).partial()),
      experts: z.optional(experts.partial()),
    }),
  )
  .describe('fields of a model file');

/** Shape of a file of models that share facts: each has those of the family, of the model that it is like, and its own. */
export const modelFamilySchema = fields({
  'walltime-models': z.literal(1),
  family: text(),
  source: z.optional(text()),
  shape: common,
  models: z.record(
    text(),
    fields({
      name: text(),
      hub: z
        .optional(z.union([text(), z.array(text())]))
        .describe(
          'repositories of models with this shape, such as Qwen/Qwen3-8B; each is a name of the model',
        ),
      source: z.optional(text()).describe('absent: that of the family'),
      like: z.optional(text()).describe('another model of the file whose shape this one starts from'),
      shape: common,
    }),
  ),
});

export const modelFileSchema = fields({'walltime-model': z.literal(1), name: text(), ...architecture});
export const inlineModelSchema = fields({
  'walltime-model': z.optional(z.literal(1)),
  name: z.optional(text()),
  ...architecture,
});

export type ModelFields = z.output<typeof inlineModelSchema>;
export type FamilyFields = z.output<typeof modelFamilySchema>;
export type LocalFields = z.output<typeof local>;
