import type {Attention, AttentionSpan, Experts, Norm, Transformer} from '../../model/transformer.js';
import type {LocalFields, ModelFields} from '../schema/model-schema.js';

/** Fields of a file without findings as the record that the simulator computes with. */
export function makeTransformer(model: ModelFields, name: string): Transformer {
  const {positions} = model;
  return {
    name: model.name ?? name,
    numLayers: model.layers,
    hiddenSize: model.hidden,
    vocabularySize: model.vocabulary,
    tiedEmbeddings: model.tied_embeddings ?? false,
    ...(model.head_bias ? {headBias: true} : {}),
    positions:
      typeof positions === 'object'
        ? {kind: 'learned', maxPositions: positions.learned}
        : {kind: positions ?? 'rotary', maxPositions: 0},
    attention: makeAttention(model),
    mlp: {
      kind: model.mlp?.kind ?? 'gated',
      hiddenSize: model.mlp?.hidden ?? model.experts?.hidden ?? 0,
      bias: model.mlp?.bias ?? false,
      ...(model.mlp?.activation_parameters ? {activationParameters: model.mlp.activation_parameters} : {}),
    },
    experts: makeExperts(model),
    norm: makeNorm(model),
    dropout: model.dropout ?? false,
    multiTokenPrediction: model.multi_token_prediction ?? 0,
  };
}

function makeAttention({attention: fields, hidden}: ModelFields): Attention {
  const span = makeSpan(fields.window, fields.chunk);
  if (fields.latent !== undefined) {
    return {
      kind: 'latent',
      numHeads: fields.heads,
      queryRank: fields.latent.query_rank ?? null,
      keyValueRank: fields.latent.key_value_rank,
      nopeHeadSize: fields.latent.nope_head,
      ropeHeadSize: fields.latent.rope_head,
      valueHeadSize: fields.latent.value_head,
      span,
    };
  }
  const bias = fields.bias ?? false;
  return {
    kind: 'grouped',
    numHeads: fields.heads,
    numKeyValueHeads: fields.kv_heads ?? fields.heads,
    headSize: fields.head_size ?? hidden / fields.heads,
    biases:
      typeof bias === 'boolean'
        ? {queryKeyValue: bias, output: bias}
        : {queryKeyValue: bias.query_key_value, output: bias.output},
    queryKeyNorm: fields.query_key_norm ?? false,
    ...(fields.sinks ? {sinks: true} : {}),
    span,
  };
}

function makeSpan(window: LocalFields | undefined, chunk: LocalFields | undefined): AttentionSpan {
  const bounded = window ?? chunk;
  if (bounded === undefined) return {kind: 'full'};
  return {
    kind: window === undefined ? 'chunk' : 'window',
    tokens: bounded.tokens,
    fullEveryLayers: bounded.full_every ?? 0,
    ...(bounded.full_first ? {fullFirst: true} : {}),
  };
}

function makeExperts({experts: fields}: ModelFields): Experts | null {
  if (fields === undefined) return null;
  return {
    numExperts: fields.count,
    topK: fields.top_k,
    expertHiddenSize: fields.hidden,
    sharedHiddenSize: fields.shared_hidden ?? 0,
    ...(fields.shared_gate ? {sharedGate: true} : {}),
    numDenseLayers: fields.dense_layers ?? 0,
    everyLayers: fields.every_layers ?? 1,
    routerBias: fields.router_bias ?? false,
    ...(fields.groups === undefined ? {} : {groups: fields.groups}),
    expertBias: fields.bias ?? false,
  };
}

function makeNorm({norm}: ModelFields): Norm {
  const kind = norm?.kind ?? 'rms';
  return {
    kind,
    perLayer: norm?.per_layer ?? 2,
    bias: norm?.bias ?? kind === 'layer',
    outside: norm?.outside ?? 1,
  };
}
