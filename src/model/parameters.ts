import {countLayerKinds, predictionLayerKind} from './layer-kinds.js';
import {normParameters, parametersOfLayer, type ShardedParameters} from './layer-parameters.js';
import type {Transformer} from './transformer.js';

/** Parameters by part of the model, summed over its layers; the parts add up to the model's total. */
export interface ParameterParts {
  readonly embedding: number;
  readonly positions: number;
  readonly attention: number;
  /** Dense feed-forward blocks and shared experts. */
  readonly feedForward: number;
  /** Routed experts. */
  readonly experts: number;
  readonly router: number;
  /** Norms inside the layers. */
  readonly norms: number;
  /** Norms outside the layers: the final one, and one after the embedding where there is one. */
  readonly outerNorms: number;
  /** The projection to logits, which is the embedding where they are tied, and its bias. */
  readonly head: number;
  readonly multiTokenPrediction: number;
}

export interface ParameterCount {
  readonly parts: ParameterParts;
  readonly total: number;
  /** What one token passes through in the main model: embeddings counted, of the routed experts only the top k. */
  readonly active: number;
}

/**
 * Exact parameter count of a model.
 *
 * The vocabulary is taken as published, without a framework's padding. Published totals leave
 * multi-token prediction out: compare them with `total - parts.multiTokenPrediction`.
 */
export function countParameters(model: Transformer): ParameterCount {
  const outside = outsideParameters(model);
  const layers = sumOverLayers(model);
  const parts = {...outside, ...layers.parts, multiTokenPrediction: predictionParameters(model)};
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return {
    parts,
    total,
    active: total - parts.multiTokenPrediction - layers.parts.experts + layers.activeExperts,
  };
}

type OutsideParts = Pick<ParameterParts, 'embedding' | 'positions' | 'head' | 'outerNorms'>;

function outsideParameters(model: Transformer): OutsideParts {
  const {vocabularySize, hiddenSize, positions, norm, tiedEmbeddings, headBias} = model;
  const embedding = vocabularySize * hiddenSize;
  return {
    embedding,
    positions: positions.kind === 'learned' ? positions.maxPositions * hiddenSize : 0,
    head: (tiedEmbeddings ? 0 : embedding) + (headBias ? vocabularySize : 0),
    outerNorms: norm.outside * normParameters(norm, hiddenSize),
  };
}

function sumOverLayers(model: Transformer) {
  const parts = {attention: 0, feedForward: 0, experts: 0, router: 0, norms: 0};
  let activeExperts = 0;
  for (const {kind, count} of countLayerKinds(model)) {
    const layer = parametersOfLayer(model, kind);
    parts.attention += count * layer.attention;
    parts.feedForward += count * layer.feedForward;
    parts.experts += count * layer.experts;
    parts.router += count * layer.router;
    parts.norms += count * layer.norms;
    activeExperts += count * (layer.active - (layer.total - layer.experts));
  }
  return {parts, activeExperts};
}

function predictionParameters(model: Transformer): number {
  if (model.multiTokenPrediction === 0) return 0;
  const {tensor, expert, replicated} = parametersOfPredictionModule(model);
  return model.multiTokenPrediction * (tensor + expert + replicated);
}

/**
 * Parameters of one multi-token-prediction module: a layer, the projection of two hidden vectors to one, a
 * norm on either input and one at the end; embedding and head are shared with the model.
 * DeepSeek-V3, arXiv 2412.19437 sec. 2.2, eq. 21 to 23.
 */
export function parametersOfPredictionModule(model: Transformer): ShardedParameters {
  const {hiddenSize, norm} = model;
  const {sharded} = parametersOfLayer(model, predictionLayerKind(model));
  return {
    tensor: sharded.tensor + 2 * hiddenSize * hiddenSize,
    expert: sharded.expert,
    replicated: sharded.replicated + 3 * normParameters(norm, hiddenSize),
  };
}
