import type {Cluster} from '../../cluster/cluster.js';
import type {LayerCosts} from '../../cost/layers/layer-costs.js';
import {
  backwardSeconds,
  chunkCosts,
  forwardSeconds,
  type PassTimes,
  passTerm,
  passTimes,
} from '../../cost/layers/pass-times.js';
import {kindIndex, type ModelChunk} from '../../cost/workload/model-chunk.js';
import type {PassWork} from '../../cost/workload/work.js';

/** One micro-batch through a part of the model, forward and backward, nothing recomputed. */
export interface PartSeconds {
  readonly totalSeconds: number;
  /** Without all-to-alls, which overlapped passes may hide. */
  readonly withoutExpertSeconds: number;
  /** Compute of the device; communication may hide behind it. */
  readonly computeSeconds: number;
}

/** Each kind of layer, by its index, and embedding and head, by themselves. */
export interface LayerSeconds {
  readonly layers: readonly (PartSeconds | undefined)[];
  readonly embedding: PartSeconds;
  readonly head: PartSeconds;
}

/** Lower bound of the time of passes, and of their compute. */
export interface PassBound {
  readonly seconds: number;
  readonly computeSeconds: number;
}

/** Layers, embedding and head by themselves. @param uncut the model in one chunk */
export function layerSeconds(cluster: Cluster, costs: LayerCosts, uncut: ModelChunk): LayerSeconds {
  const {workload} = costs.rank;
  const seconds = ({work}: {readonly work: PassWork}) =>
    partSeconds(passTimes(cluster, {workload, layers: [], inLayers: work, embeddingAndHead: null}, 'none'));
  const layers: (PartSeconds | undefined)[] = [];
  for (const {kind} of uncut.layers) layers[kindIndex(kind)] = seconds(costs.layer(kind));
  return {layers, embedding: seconds(costs.embedding), head: seconds(costs.head)};
}

/** A chunk as it is timed. */
export function chunkSeconds(cluster: Cluster, costs: LayerCosts, chunk: ModelChunk): PartSeconds {
  return partSeconds(passTimes(cluster, chunkCosts(costs, chunk), 'none'));
}

function partSeconds(times: PassTimes): PartSeconds {
  const totalSeconds = forwardSeconds(times) + backwardSeconds(times);
  return {
    totalSeconds,
    withoutExpertSeconds: totalSeconds - times[passTerm.expertForward] - times[passTerm.expertBackward],
    computeSeconds: times[passTerm.forward] + times[passTerm.backwardInput] + times[passTerm.backwardWeight],
  };
}

/**
 * Lower bound of a micro-batch through a chunk. With layers of one kind it is their number times the layer;
 * layers of several kinds share the compute that communication hides behind, so that only the compute adds up.
 */
export function chunkBound(
  {layers, embedding, head}: LayerSeconds,
  chunk: ModelChunk,
  part: 'totalSeconds' | 'withoutExpertSeconds',
): PassBound {
  let compute = 0;
  let longest = 0;
  for (const {kind, count} of chunk.layers) {
    const layer = layers[kindIndex(kind)];
    if (layer === undefined) throw new Error('a chunk has layers of the model');
    compute += count * layer.computeSeconds;
    longest = Math.max(longest, count * layer[part]);
  }
  const {hasEmbedding, hasHead} = chunk;
  return {
    seconds:
      Math.max(compute, longest) + Math.max(hasEmbedding ? embedding[part] : 0, hasHead ? head[part] : 0),
    computeSeconds:
      compute + Math.max(hasEmbedding ? embedding.computeSeconds : 0, hasHead ? head.computeSeconds : 0),
  };
}
