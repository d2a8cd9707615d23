import {embeddingOperators, headOperators, layerOperators, predictionOperators} from './layer-operators.js';
import type {Operator} from './operators.js';
import type {LayerKind, Transformer} from './transformer.js';

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
