import {rotary} from './elementwise.js';
import type {AttentionCore, Gemm, NormOperator, Operator} from './operators.js';
import {type SavedActivation, saved} from './saved-activation.js';
import type {GroupedAttention, LatentAttention, LayerKind, Transformer} from './transformer.js';

/**
 * The attention block without its norm and its residual addition.
 *
 * What it keeps follows Korthikanti et al. 2022 (arXiv 2205.05198) sec. 4.1: the input of the
 * projections, queries, keys, values, the square of scores (softmax, mask, and softmax after dropout),
 * and the input of the output projection. Flash kernels keep that output and a log-sum-exp of 32 bits
 * for each head and token in place of the square (FlashAttention-2, arXiv 2307.08691 sec. 3.1). A softmax of
 * PyTorch's own runs in 32 bits and keeps what it gives, besides the copy in 16 bits that the product with the
 * values reads.
 */
export function attentionOperators(model: Transformer, kind: LayerKind): Operator[] {
  const {attention} = model;
  return attention.kind === 'grouped'
    ? groupedOperators(model, attention, kind)
    : latentOperators(model, attention, kind);
}

function groupedOperators(model: Transformer, attention: GroupedAttention, kind: LayerKind): Operator[] {
  const {numHeads, numKeyValueHeads, headSize, biases} = attention;
  const queries = numHeads * headSize;
  const keys = numKeyValueHeads * headSize;
  const project: Gemm = {
    kind: 'gemm',
    name: 'query-key-value',
    inFeatures: model.hiddenSize,
    outFeatures: queries + 2 * keys,
    bias: biases.queryKeyValue,
    split: 'column',
    alternateShare: keys / (queries + 2 * keys),
    saved: [
      saved('attention input', model.hiddenSize, 'sequence', {class: 'product-input', remadeBy: 'norm'}),
    ],
  };
  const core = attentionCore(model, kind, {
    numKeyValueHeads,
    headSize,
    valueHeadSize: headSize,
    projections: [
      saved('queries', queries, 'tensor'),
      saved('keys', keys, 'tensor', {remadeBy: 'alternate-product'}),
      saved('values', keys, 'tensor'),
    ],
  });
  return [
    project,
    ...(attention.queryKeyNorm === false ? [] : [queryKeyNorm(model, queries + keys)]),
    ...(model.positions.kind === 'rotary' ? [rotary(queries + keys)] : []),
    core,
    outputProjection(model, queries, biases.output),
  ];
}

function queryKeyNorm(model: Transformer, features: number): NormOperator {
  return {
    kind: 'norm',
    name: 'query-key',
    type: model.norm.kind,
    features,
    split: 'tensor',
    saved: [saved('query-key norm input', features, 'tensor')],
  };
}

/** DeepSeek-V2, arXiv 2405.04434 sec. 2.1: down to latents, norms, up to heads; keys and values are as many as queries. */
function latentOperators(model: Transformer, attention: LatentAttention, kind: LayerKind): Operator[] {
  const {numHeads, queryRank, keyValueRank, nopeHeadSize, ropeHeadSize, valueHeadSize} = attention;
  const headSize = nopeHeadSize + ropeHeadSize;
  const queries = numHeads * headSize;
  const values = numHeads * valueHeadSize;
  const input = saved('attention input', model.hiddenSize, 'sequence', {
    class: 'product-input',
    remadeBy: 'norm',
  });
  const {hiddenSize} = model;
  const gemm = (
    name: Gemm['name'],
    inFeatures: number,
    outFeatures: number,
    split: Gemm['split'],
    buffers: SavedActivation[],
  ): Gemm => ({
    kind: 'gemm',
    name,
    inFeatures,
    outFeatures,
    bias: false,
    split,
    alternateShare: 0,
    saved: buffers,
  });
  const queryOperators =
    queryRank === null
      ? [gemm('query-up', hiddenSize, queries, 'column', [input])]
      : [
          gemm('query-down', hiddenSize, queryRank, 'replicated', [input]),
          latentNorm(model, queryRank),
          gemm('query-up', queryRank, queries, 'column', [normedLatent(queryRank)]),
        ];
  const up = {remadeBy: 'up-projection'} as const;
  return [
    ...queryOperators,
    gemm('key-value-down', hiddenSize, keyValueRank + ropeHeadSize, 'replicated', []),
    latentNorm(model, keyValueRank),
    gemm('key-value-up', keyValueRank, numHeads * (nopeHeadSize + valueHeadSize), 'column', [
      normedLatent(keyValueRank),
    ]),
    rotary(numHeads * ropeHeadSize + ropeHeadSize),
    attentionCore(model, kind, {
      numKeyValueHeads: numHeads,
      headSize,
      valueHeadSize,
      projections: [
        saved('queries', queries, 'tensor', up),
        saved('keys', queries, 'tensor', up),
        saved('values', values, 'tensor', up),
      ],
    }),
    outputProjection(model, values, false),
  ];
}

function latentNorm(model: Transformer, features: number): NormOperator {
  return {
    kind: 'norm',
    name: 'latent',
    type: model.norm.kind,
    features,
    split: 'sequence',
    saved: [saved('latent', features, 'sequence')],
  };
}

const normedLatent = (features: number) =>
  saved('normed latent', features, 'sequence', {class: 'product-input', remadeBy: 'norm'});

interface Heads {
  readonly numKeyValueHeads: number;
  readonly headSize: number;
  readonly valueHeadSize: number;
  readonly projections: readonly SavedActivation[];
}

function attentionCore(model: Transformer, kind: LayerKind, heads: Heads): AttentionCore {
  const {span, numHeads} = model.attention;
  const square = {perKey: true, kernels: 'unfused', remadeBy: 'attention-core'} as const;
  return {
    kind: 'attention',
    numHeads,
    numKeyValueHeads: heads.numKeyValueHeads,
    headSize: heads.headSize,
    valueHeadSize: heads.valueHeadSize,
    span: kind.attention === 'full' || span.kind === 'full' ? null : {kind: span.kind, tokens: span.tokens},
    saved: [
      ...heads.projections,
      saved('softmax', numHeads, 'tensor', square),
      saved('softmax in 32 bits', numHeads, 'tensor', {...square, class: 'float32', kernels: 'separate'}),
      ...(model.dropout
        ? [
            saved('softmax dropout mask', numHeads, 'tensor', {...square, class: 'mask'}),
            saved('softmax after dropout', numHeads, 'tensor', square),
          ]
        : []),
      saved('log-sum-exp', numHeads, 'tensor', {
        class: 'float32',
        kernels: 'flash',
        remadeBy: 'attention-core',
      }),
    ],
  };
}

/** Its input is also what a flash kernel needs for its backward pass: kept once. */
function outputProjection(model: Transformer, inFeatures: number, bias: boolean): Gemm {
  return {
    kind: 'gemm',
    name: 'attention-output',
    inFeatures,
    outFeatures: model.hiddenSize,
    bias,
    split: 'row',
    alternateShare: 1,
    saved: [saved('attention output', inFeatures, 'tensor', {class: 'attention-output'})],
  };
}
