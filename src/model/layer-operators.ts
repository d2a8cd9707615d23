import {attentionOperators} from './attention-operators.js';
import {embeddingDropout, residual} from './elementwise.js';
import {feedForwardOperators} from './feed-forward-operators.js';
import {predictionLayerKind} from './layer-kinds.js';
import type {Gemm, LossOperator, NormOperator, Operator} from './operators.js';
import {type SavedActivation, saved} from './saved-activation.js';
import type {LayerKind, Transformer} from './transformer.js';

/** One layer of the given kind, in the order in which it runs. */
export function layerOperators(model: Transformer, kind: LayerKind): readonly Operator[] {
  const {norm, hiddenSize, dropout} = model;
  const after = norm.perLayer >= 4;
  return [
    hiddenNorm(model, 'input'),
    ...attentionOperators(model, kind),
    ...(after ? [hiddenNorm(model, 'post-attention')] : []),
    residual(hiddenSize, attentionBias(model), dropout),
    ...(norm.perLayer >= 2 ? [hiddenNorm(model, 'mlp')] : []),
    ...(norm.perLayer === 3 ? [hiddenNorm(model, 'shared-experts')] : []),
    ...feedForwardOperators(model, kind),
    ...(after ? [hiddenNorm(model, 'post-mlp')] : []),
    residual(hiddenSize, model.mlp.bias && !kind.experts, dropout),
  ];
}

/** Embedding lookup, then a norm and dropout where the model has them. First stage. */
export function embeddingOperators(model: Transformer): readonly Operator[] {
  const {vocabularySize, hiddenSize, norm, dropout} = model;
  return [
    {kind: 'embedding', vocabularySize, hiddenSize, saved: []},
    ...(norm.outside >= 2 ? [hiddenNorm(model, 'embedding')] : []),
    ...(dropout ? [embeddingDropout(hiddenSize)] : []),
  ];
}

/** Final norm, logits and loss. Last stage. */
export function headOperators(model: Transformer): readonly Operator[] {
  return [...(model.norm.outside >= 1 ? [hiddenNorm(model, 'final')] : []), logits(model), loss(model)];
}

/**
 * One multi-token-prediction module: norms on the hidden state and on the embedding of the next token, the
 * projection of both to one, a layer, and the shared head. DeepSeek-V3, arXiv 2412.19437 sec. 2.2.
 */
export function predictionOperators(model: Transformer): readonly Operator[] {
  const {hiddenSize} = model;
  return [
    hiddenNorm(model, 'prediction'),
    hiddenNorm(model, 'prediction'),
    {
      kind: 'gemm',
      name: 'prediction-projection',
      inFeatures: 2 * hiddenSize,
      outFeatures: hiddenSize,
      bias: false,
      split: 'column',
      alternateShare: 0,
      saved: [saved('prediction input', 2 * hiddenSize, 'sequence', {remadeBy: 'norm'})],
    },
    ...layerOperators(model, predictionLayerKind(model)),
    ...headOperators(model),
  ];
}

/** Operators of a model by its parts, each list made once: layouts differ in how they run, not in what runs. */
export interface ModelOperators {
  layer(kind: LayerKind): readonly Operator[];
  readonly embedding: readonly Operator[];
  readonly head: readonly Operator[];
  /** Operators of one multi-token-prediction module. */
  readonly prediction: readonly Operator[];
}

/** Operators of all parts of `model`. */
export function modelOperators(model: Transformer): ModelOperators {
  const layers = new Map<string, readonly Operator[]>();
  return {
    layer: kind => {
      const key = `${kind.experts} ${kind.attention}`;
      const known = layers.get(key) ?? layerOperators(model, kind);
      layers.set(key, known);
      return known;
    },
    embedding: embeddingOperators(model),
    head: headOperators(model),
    prediction: model.multiTokenPrediction > 0 ? predictionOperators(model) : [],
  };
}

function attentionBias({attention}: Transformer): boolean {
  return attention.kind === 'grouped' && attention.biases.output;
}

function hiddenNorm(model: Transformer, name: NormOperator['name']): NormOperator {
  return {
    kind: 'norm',
    name,
    type: model.norm.kind,
    features: model.hiddenSize,
    split: 'sequence',
    saved: [
      saved(`${name} norm input`, model.hiddenSize, 'sequence', name === 'mlp' ? remadeWithAttention : {}),
      ...(model.norm.kind === 'rms' ? [wideNormInput(model)] : []),
    ],
  };
}

/** Norms of separate kernels run in 32 bits: a copy of the input, and the scaled input in 16 bits in place of it. */
function wideNormInput({hiddenSize}: Transformer): SavedActivation {
  return saved('norm input in 32 bits', hiddenSize, 'sequence', {
    class: 'float32',
    unfused: 'norm',
    remadeBy: 'norm',
  });
}

function logits({hiddenSize, vocabularySize, headBias}: Transformer): Gemm {
  return {
    kind: 'gemm',
    name: 'logits',
    inFeatures: hiddenSize,
    outFeatures: vocabularySize,
    bias: headBias === true,
    split: 'column',
    alternateShare: 0,
    saved: [saved('head input', hiddenSize, 'sequence')],
  };
}

/** Logits are kept in 32 bits. Korthikanti et al. 2022, arXiv 2205.05198 sec. 4.3. */
function loss({vocabularySize}: Transformer): LossOperator {
  return {
    kind: 'loss',
    vocabularySize,
    saved: [saved('logits', vocabularySize, 'tensor', {class: 'float32'})],
  };
}

/** The residual stream after attention follows from the output projection. */
const remadeWithAttention = {remadeBy: 'alternate-product'} as const;
