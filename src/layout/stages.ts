import {layerKinds} from '../model/layer-kinds.js';
import {headOperators, layerOperators} from '../model/layer-operators.js';
import {forwardFlop} from '../model/operators.js';
import type {Transformer} from '../model/transformer.js';

/**
 * Layers of each of `numStages` stages in model order, as even as can be.
 *
 * What does not divide goes to the middle: the first stage also holds the embedding, the last one
 * norm, logits and loss (Llama 3, arXiv 2407.21783 sec. 3.3.2, leaves a layer out at both ends).
 */
export function layersOfStages(numLayers: number, numStages: number): readonly number[] {
  const least = Math.floor(numLayers / numStages);
  const extra = numLayers - least * numStages;
  const first = Math.floor((numStages - extra) / 2);
  return Array.from(
    {length: numStages},
    (_, stage) => least + (stage >= first && stage < first + extra ? 1 : 0),
  );
}

/**
 * Layers of each of `numStages` stages in model order, so that the products of layers and logits are
 * spread evenly: a stage takes layers until it passes its share of all products, with the layer that
 * passes it.
 */
export function layersByProducts(model: Transformer, numStages: number): readonly number[] {
  const products = (operators: ReturnType<typeof headOperators>) =>
    operators.reduce(
      (sum, operator) => sum + (operator.kind === 'attention' ? 0 : forwardFlop(operator, 0)),
      0,
    );
  const layers = layerKinds(model).map(kind => products(layerOperators(model, kind)));
  const whole = layers.reduce((sum, layer) => sum + layer, 0) + products(headOperators(model));
  const counts = Array.from({length: numStages}, () => 0);
  let stage = 0;
  let passed = 0;
  for (const layer of layers) {
    passed += layer;
    counts[stage] = (counts[stage] as number) + 1;
    if (passed > (whole * (stage + 1)) / numStages && stage < numStages - 1) stage += 1;
  }
  return counts;
}
