import {Document, isMap, visit} from 'yaml';
import type {
  Attention,
  AttentionSpan,
  Experts,
  GroupedAttention,
  Mlp,
  Norm,
  Transformer,
} from '../model/transformer.js';

/**
 * A model as the text of a file for plans/models. What equals the default is left out, so that
 * reading the text gives the same model.
 *
 * @param source where its figures come from; null leaves the line out
 */
export function writeModelYaml(model: Transformer, source: string | null): string {
  const document = new Document(fieldsOf(model, source));
  const {contents} = document;
  // Groups of plain fields on one line each, as in the files that come with walltime.
  visit(document, {
    Map(_, node) {
      if (!node.items.some(item => isMap(item.value))) node.flow = true;
    },
  });
  if (!isMap(contents)) throw new Error('a model is written as a map');
  document.commentBefore = schemaComment;
  const text = document.toString({flowCollectionPadding: false, lineWidth: 110});
  // The package sets a comment before the first field apart with an empty line.
  return text.replace('\n\n', '\n');
}

const schemaComment = ' yaml-language-server: $schema=./model.schema.json';

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(model: Transformer, source: string | null): Fields {
  const {positions, mlp, experts} = model;
  return {
    'walltime-model': 1,
    name: model.name,
    ...(source === null ? {} : {source}),
    layers: model.numLayers,
    hidden: model.hiddenSize,
    vocabulary: model.vocabularySize,
    tied_embeddings: model.tiedEmbeddings,
    ...(model.headBias ? {head_bias: true} : {}),
    positions: positions.kind === 'learned' ? {learned: positions.maxPositions} : positions.kind,
    attention: attentionFields(model.attention, model.hiddenSize),
    mlp: mlpFields(mlp),
    ...(experts === null ? {} : {experts: expertFields(experts)}),
    norm: normFields(model.norm),
    ...(model.dropout ? {dropout: true} : {}),
    ...(model.multiTokenPrediction > 0 ? {multi_token_prediction: model.multiTokenPrediction} : {}),
  };
}

function mlpFields({kind, hiddenSize, bias, activationParameters}: Mlp): Fields {
  return {
    kind,
    hidden: hiddenSize,
    ...(bias ? {bias} : {}),
    ...(activationParameters === undefined ? {} : {activation_parameters: activationParameters}),
  };
}

function attentionFields(attention: Attention, hiddenSize: number): Fields {
  const {numHeads, span} = attention;
  if (attention.kind === 'grouped') {
    return {heads: numHeads, ...groupedFields(attention, hiddenSize), ...spanFields(span)};
  }
  const latent = {
    ...(attention.queryRank === null ? {} : {query_rank: attention.queryRank}),
    key_value_rank: attention.keyValueRank,
    nope_head: attention.nopeHeadSize,
    rope_head: attention.ropeHeadSize,
    value_head: attention.valueHeadSize,
  };
  return {heads: numHeads, latent, ...spanFields(span)};
}

function groupedFields(attention: GroupedAttention, hiddenSize: number): Fields {
  const {numHeads, numKeyValueHeads, headSize, biases, queryKeyNorm, sinks} = attention;
  const {queryKeyValue, output} = biases;
  const bias = queryKeyValue === output ? queryKeyValue : {query_key_value: queryKeyValue, output};
  return {
    ...(numKeyValueHeads === numHeads ? {} : {kv_heads: numKeyValueHeads}),
    ...(headSize * numHeads === hiddenSize ? {} : {head_size: headSize}),
    ...(bias === false ? {} : {bias}),
    ...(queryKeyNorm === false ? {} : {query_key_norm: queryKeyNorm}),
    ...(sinks ? {sinks: true} : {}),
  };
}

function spanFields(span: AttentionSpan): Fields {
  if (span.kind === 'full') return {};
  const fullEvery = span.fullEveryLayers > 0 ? {full_every: span.fullEveryLayers} : {};
  const fullFirst = span.fullFirst ? {full_first: true} : {};
  return {[span.kind]: {tokens: span.tokens, ...fullEvery, ...fullFirst}};
}

function expertFields(experts: Experts): Fields {
  return {
    count: experts.numExperts,
    top_k: experts.topK,
    hidden: experts.expertHiddenSize,
    ...(experts.sharedHiddenSize > 0 ? {shared_hidden: experts.sharedHiddenSize} : {}),
    ...(experts.sharedGate ? {shared_gate: true} : {}),
    ...(experts.numDenseLayers > 0 ? {dense_layers: experts.numDenseLayers} : {}),
    ...(experts.everyLayers > 1 ? {every_layers: experts.everyLayers} : {}),
    ...(experts.routerBias ? {router_bias: true} : {}),
    ...(experts.groups === undefined ? {} : {groups: {...experts.groups}}),
    ...(experts.expertBias ? {bias: true} : {}),
  };
}

function normFields({kind, perLayer, bias, outside}: Norm): Fields {
  return {
    kind,
    ...(perLayer === 2 ? {} : {per_layer: perLayer}),
    ...(bias === (kind === 'layer') ? {} : {bias}),
    ...(outside === 1 ? {} : {outside}),
  };
}
