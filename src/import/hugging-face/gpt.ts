import type {AttentionSpan} from '../../model/transformer.js';
import {
  type ArchitectureReader,
  alibiPositions,
  allBiases,
  decoderShape,
  groupedAttention,
  layerNorm,
  noBiases,
  rotaryPositions,
} from './architecture.js';
import type {ConfigFields} from './config-fields.js';

/** Decoders with layer norms and plain feed-forward blocks, from GPT-2 on. Classes of the same name in transformers. */

const gptNames = {
  num_hidden_layers: 'n_layer',
  hidden_size: 'n_embd',
  num_attention_heads: 'n_head',
  intermediate_size: 'n_inner',
  max_position_embeddings: 'n_positions',
};

/** The fields of a file whose feed-forward width is four times the hidden size where it names none. */
function withUsualWidth(config: ConfigFields): ConfigFields {
  return config.withDefaults({intermediate_size: 4 * config.countOr('hidden_size', 0)});
}

function learnedPositions(config: ConfigFields, offset = 0) {
  return {kind: 'learned', maxPositions: config.count('max_position_embeddings') + offset} as const;
}

export const gpt2: ArchitectureReader = config => {
  const fields = withUsualWidth(config.renamed(gptNames));
  return {
    ...decoderShape(fields, {
      tiedByDefault: true,
      positions: learnedPositions(fields),
      mlp: {kind: 'plain', bias: true},
      norm: layerNorm,
    }),
    attention: groupedAttention(fields, {biases: allBiases}),
  };
};

/** SantaCoder, StarCoder: GPT-2 with one key-value head. */
export const gptBigCode: ArchitectureReader = config =>
  gpt2(config.flagOr('multi_query', true) ? config.withDefaults({num_key_value_heads: 1}) : config);

/** Layers that see the whole sequence and layers with a window take turns; biases on the output projection alone. */
export const gptNeo: ArchitectureReader = config => {
  const names = {num_hidden_layers: 'num_layers', num_attention_heads: 'num_heads'};
  const fields = withUsualWidth(
    config.renamed(names).withDefaults({max_position_embeddings: 2048, window_size: 256}),
  );
  return {
    ...decoderShape(fields, {
      tiedByDefault: true,
      positions: learnedPositions(fields),
      mlp: {kind: 'plain', bias: true},
      norm: layerNorm,
    }),
    attention: groupedAttention(fields, {
      biases: {queryKeyValue: false, output: true},
      span: gptNeoSpan(fields),
    }),
  };
};

function gptNeoSpan(config: ConfigFields): AttentionSpan {
  const types = JSON.stringify(config.list('attention_types'));
  if (!/^\[\[\["global","local"\],\d+\]\]$/.test(types)) {
    config.report(
      'attention_types',
      'global and local layers do not take turns',
      'give [[["global", "local"], n]]',
    );
  }
  return {kind: 'window', tokens: config.count('window_size'), fullEveryLayers: 2, fullFirst: true};
}

/** Parallel blocks after one norm; biases in the feed-forward block and on the logits alone. */
export const gptJ: ArchitectureReader = config => {
  const fields = withUsualWidth(config.renamed(gptNames));
  return {
    ...decoderShape(fields, {
      mlp: {kind: 'plain', bias: true},
      norm: {...layerNorm, perLayer: 1},
      headBias: true,
    }),
    attention: groupedAttention(fields, {biases: noBiases}),
  };
};

/** Parallel blocks, but a norm for each. */
export const gptNeoX: ArchitectureReader = config => ({
  ...decoderShape(config, {mlp: {kind: 'plain', bias: true}, norm: layerNorm}),
  attention: groupedAttention(config.withDefaults({attention_bias: true})),
});

/** Phi-1, 1.5 and 2: parallel blocks after one norm. */
export const phi: ArchitectureReader = config => ({
  ...decoderShape(config, {
    mlp: {kind: 'plain', bias: true},
    norm: {...layerNorm, perLayer: 1},
    headBias: true,
  }),
  attention: groupedAttention(config, {
    biases: allBiases,
    queryKeyNorm: config.flagOr('qk_layernorm', false),
  }),
});

/** The files of Phi-1.5 and 2 from before transformers had their class. */
export const phiMsft: ArchitectureReader = config =>
  phi(withUsualWidth(config.renamed({...gptNames, num_key_value_heads: 'n_head_kv'})));

/** Squared ReLU, no biases but in the norms. */
export const nemotron: ArchitectureReader = config => ({
  ...decoderShape(config, {
    mlp: {kind: 'plain', bias: config.flagOr('mlp_bias', false)},
    norm: layerNorm,
  }),
  attention: groupedAttention(config),
});

/** Tables of positions begin with two rows that stand for padding. */
export const opt: ArchitectureReader = config => {
  const fields = config.renamed({intermediate_size: 'ffn_dim'}).withDefaults({max_position_embeddings: 2048});
  const hidden = config.count('hidden_size');
  if (config.countOr('word_embed_proj_dim', hidden) !== hidden) {
    const message = 'embeddings narrower than the hidden size, which a model file cannot say';
    config.report('word_embed_proj_dim', message, 'choose another size of OPT');
  }
  if (!config.flagOr('do_layer_norm_before', true)) {
    const message = 'norms after the blocks and none at the end, which a model file cannot say';
    config.report('do_layer_norm_before', message, 'choose another size of OPT');
  }
  const bias = config.flagOr('enable_bias', true);
  return {
    ...decoderShape(fields, {
      tiedByDefault: true,
      positions: learnedPositions(fields, 2),
      mlp: {kind: 'plain', bias},
      norm: layerNorm,
    }),
    attention: groupedAttention(fields, {biases: {queryKeyValue: bias, output: bias}}),
  };
};

/** ALiBi, and a norm after the embedding. */
export const bloom: ArchitectureReader = config => {
  const names = {
    num_hidden_layers: 'n_layer',
    ...(config.has('n_embed') ? {hidden_size: 'n_embed'} : {}),
    ...(config.has('n_head') ? {num_attention_heads: 'n_head'} : {}),
  };
  const fields = withUsualWidth(config.renamed(names));
  return {
    ...decoderShape(fields, {
      tiedByDefault: true,
      positions: alibiPositions,
      mlp: {kind: 'plain', bias: true},
      norm: {...layerNorm, outside: 2},
    }),
    attention: groupedAttention(fields, {biases: allBiases}),
  };
};

/** ALiBi or learned positions; public sizes have no biases, not even in the norms. */
export const mpt: ArchitectureReader = config => {
  const attention = config.has('attn_config') ? config.section('attn_config') : config;
  const fields = config.renamed({
    num_hidden_layers: 'n_layers',
    hidden_size: 'd_model',
    num_attention_heads: 'n_heads',
    max_position_embeddings: 'max_seq_len',
  });
  const bias = !config.flagOr('no_bias', true);
  const kind = attention.maybeText('attn_type') ?? 'multihead_attention';
  const heads = {
    multihead_attention: config.countOr('n_heads', 1),
    multiquery_attention: 1,
    grouped_query_attention: attention.countOr('kv_n_heads', 1),
  };
  if (!Object.hasOwn(heads, kind)) {
    attention.report('attn_type', `${kind} is unknown`, `write ${Object.keys(heads).join(', ')}`);
  }
  return {
    ...decoderShape(fields, {
      tiedByDefault: true,
      positions: mptPositions(fields, attention.flagOr('alibi', false)),
      mlp: {
        kind: 'plain',
        hiddenSize: config.countOr('expansion_ratio', 4) * config.countOr('d_model', 1),
        bias,
      },
      norm: {...layerNorm, bias},
    }),
    attention: groupedAttention(
      fields.withDefaults({num_key_value_heads: heads[kind as keyof typeof heads] ?? 1}),
      {
        biases: {queryKeyValue: bias, output: bias},
        queryKeyNorm: attention.flagOr('qk_ln', false) ? 'whole' : false,
      },
    ),
  };
};

function mptPositions(config: ConfigFields, alibi: boolean) {
  if (alibi) return alibiPositions;
  return config.flagOr('learned_pos_emb', true)
    ? learnedPositions(config)
    : ({kind: 'none', maxPositions: 0} as const);
}

/**
 * Falcon: multi-query attention after one norm (7B), or the new decoder with key-value groups and a
 * norm for each of the parallel blocks (40B, 180B).
 */
export const falcon: ArchitectureReader = config => {
  const newDecoder = config.flagOr('new_decoder_architecture', false);
  const bias = config.flagOr('bias', false);
  const keyValueHeads = newDecoder
    ? {num_key_value_heads: config.countOr('num_kv_heads', config.countOr('num_attention_heads', 1))}
    : config.flagOr('multi_query', true)
      ? {num_key_value_heads: 1}
      : {};
  const fields = withUsualWidth(
    config.renamed({intermediate_size: 'ffn_hidden_size'}).withDefaults(keyValueHeads),
  );
  return {
    ...decoderShape(fields, {
      tiedByDefault: true,
      positions: config.flagOr('alibi', false) ? alibiPositions : rotaryPositions,
      mlp: {kind: 'plain', bias},
      norm: {...layerNorm, perLayer: falconNorms(config, newDecoder)},
    }),
    attention: groupedAttention(fields, {biases: {queryKeyValue: bias, output: bias}}),
  };
};

function falconNorms(config: ConfigFields, newDecoder: boolean): number {
  if (newDecoder) return config.countOr('num_ln_in_parallel_attn', 2);
  return config.flagOr('parallel_attn', true) ? 1 : 2;
}
