import type {StageBalance} from '../../frameworks/stack.js';
import type {Recompute} from '../../layout/layout.js';
import {layersByProducts, layersOfStages} from '../../layout/stages.js';
import {layerKinds} from '../../model/layer-kinds.js';
import type {LayerKind, Transformer} from '../../model/transformer.js';

/** Number of layers of one kind. */
export interface LayerCount {
  readonly kind: LayerKind;
  readonly count: number;
}

/** Consecutive layers of the model that a device runs without passing activations on. */
export interface ModelChunk {
  /** Layers by kind, in the order in which the kinds first occur. */
  readonly layers: readonly LayerCount[];
  readonly hasEmbedding: boolean;
  readonly hasHead: boolean;
}

/** Layers, embedding and head of each chunk in model order: pipeline x virtual stages of them. */
export function modelChunks(
  model: Transformer,
  numChunks: number,
  balance: StageBalance,
): readonly ModelChunk[] {
  const kinds = layerKinds(model);
  let first = 0;
  const counts =
    balance === 'layers' ? layersOfStages(model.numLayers, numChunks) : layersByProducts(model, numChunks);
  return counts.map((count, chunk) => {
    const layers = countKinds(kinds.slice(first, first + count));
    first += count;
    return {layers, hasEmbedding: chunk === 0, hasHead: chunk === numChunks - 1};
  });
}

function countKinds(kinds: readonly LayerKind[]): readonly LayerCount[] {
  const counts = new Map<number, {kind: LayerKind; count: number}>();
  for (const kind of kinds) {
    const known = counts.get(kindIndex(kind));
    if (known === undefined) counts.set(kindIndex(kind), {kind, count: 1});
    else known.count += 1;
  }
  return [...counts.values()];
}

/** A number of its own for each kind of layer. */
export function kindIndex({experts, attention}: LayerKind): number {
  return (experts ? 2 : 0) + (attention === 'local' ? 1 : 0);
}

/** Layers that are recomputed whole, of `count` layers after `before` others of a chunk. */
export function recomputedLayers(recompute: Recompute, before: number, count: number): number {
  if (typeof recompute === 'string') return recompute === 'full' ? count : 0;
  if ('modules' in recompute) return 0;
  if ('every' in recompute) {
    return Math.floor((before + count) / recompute.every) - Math.floor(before / recompute.every);
  }
  return Math.max(0, Math.min(count, recompute.layers - before));
}
