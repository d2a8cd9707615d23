import type {LayerKind, Transformer} from './transformer.js';

/** The kind of each layer, first layer first. */
export function layerKinds(model: Transformer): readonly LayerKind[] {
  return Array.from({length: model.numLayers}, (_, layer) => layerKind(model, layer));
}

/** The kind of layer number `layer`, counted from 0. */
function layerKind(model: Transformer, layer: number): LayerKind {
  return {experts: holdsExperts(model, layer), attention: seesWholeSequence(model, layer) ? 'full' : 'local'};
}

/**
 * The layer of a multi-token-prediction module: one with experts and a window where the model has such.
 * DeepSeek-V3, arXiv 2412.19437 sec. 2.2.
 */
export function predictionLayerKind(model: Transformer): LayerKind {
  return {
    experts: model.experts !== null,
    attention: model.attention.span.kind === 'full' ? 'full' : 'local',
  };
}

/** After the leading dense layers, every `everyLayers`-th layer holds experts. */
function holdsExperts({experts}: Transformer, layer: number): boolean {
  if (experts === null || layer < experts.numDenseLayers) return false;
  return (layer - experts.numDenseLayers + 1) % experts.everyLayers === 0;
}

/** The full layer ends each group of `fullEveryLayers` (Gemma 2 and 3, Llama 4, gpt-oss), or begins it. */
function seesWholeSequence({attention}: Transformer, layer: number): boolean {
  const {span} = attention;
  if (span.kind === 'full') return true;
  return span.fullEveryLayers > 0 && (layer + (span.fullFirst ? 0 : 1)) % span.fullEveryLayers === 0;
}

/** How many layers of each kind a model has; kinds that it lacks are left out. */
export function countLayerKinds(
  model: Transformer,
): readonly {readonly kind: LayerKind; readonly count: number}[] {
  const {experts, attention, numLayers} = model;
  // Most models: worth a line of its own, since sizes of models are counted by the thousand.
  if (experts === null && attention.span.kind === 'full')
    return [{kind: layerKind(model, 0), count: numLayers}];
  const counts = new Map<string, {kind: LayerKind; count: number}>();
  for (const kind of layerKinds(model)) {
    const key = `${kind.experts} ${kind.attention}`;
    const seen = counts.get(key);
    if (seen === undefined) counts.set(key, {kind, count: 1});
    else seen.count++;
  }
  return [...counts.values()];
}
