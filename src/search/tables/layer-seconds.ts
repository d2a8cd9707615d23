import type {Cluster} from '../../cluster/cluster.js';
import {type Chunk, kindIndex} from '../../cost/chunk.js';
import {
  backwardSeconds,
  type ChunkCosts,
  type ChunkTimes,
  chunkCosts,
  chunkTimes,
  forwardSeconds,
} from '../../cost/chunk-times.js';
import type {PieceCosts} from '../../cost/pieces.js';

/** One micro-batch through one piece of the model, forward and backward, nothing recomputed, seconds. */
export interface PieceSeconds {
  readonly whole: number;
  /** Without all-to-alls, which paired passes may hide. */
  readonly silent: number;
  /** What the device computes; communication may hide behind it. */
  readonly compute: number;
}

/** Of each kind of layer, by its index, and of both ends. */
export interface LayerSeconds {
  readonly layers: readonly (PieceSeconds | undefined)[];
  readonly embedding: PieceSeconds;
  readonly head: PieceSeconds;
}

/** Pieces by themselves. @param uncut the model in one chunk */
export function layerSeconds(cluster: Cluster, pieces: PieceCosts, uncut: Chunk): LayerSeconds {
  const {shard} = pieces;
  const seconds = (piece: ChunkCosts['inLayers']) =>
    pieceSeconds(chunkTimes(cluster, {shard, layers: [], inLayers: piece, ends: null}, 'none'));
  const layers: (PieceSeconds | undefined)[] = [];
  for (const {kind} of uncut.layers) layers[kindIndex(kind)] = seconds(pieces.layer(kind));
  return {layers, embedding: seconds(pieces.embedding), head: seconds(pieces.head)};
}

/** Of a chunk, as it is timed. */
export function chunkSeconds(cluster: Cluster, pieces: PieceCosts, chunk: Chunk): PieceSeconds {
  return pieceSeconds(chunkTimes(cluster, chunkCosts(pieces, chunk), 'none'));
}

function pieceSeconds(times: ChunkTimes): PieceSeconds {
  const whole = forwardSeconds(times) + backwardSeconds(times);
  return {
    whole,
    silent: whole - times.expertForward - times.expertBackward,
    compute: times.forward + times.backwardInput + times.backwardWeight,
  };
}

/**
 * Below what a micro-batch takes through a chunk. As many times the layer where all are of one kind; layers
 * of several kinds share the compute that communication hides behind, so that only the compute adds up.
 */
export function leastOfChunk(
  {layers, embedding, head}: LayerSeconds,
  chunk: Chunk,
  part: keyof PieceSeconds,
): number {
  let compute = 0;
  let longest = 0;
  for (const {kind, count} of chunk.layers) {
    const layer = layers[kindIndex(kind)];
    if (layer === undefined) throw new Error('a chunk has layers of the model');
    compute += count * layer.compute;
    longest = Math.max(longest, count * layer[part]);
  }
  return (
    Math.max(compute, longest) +
    Math.max(chunk.hasEmbedding ? embedding[part] : 0, chunk.hasHead ? head[part] : 0)
  );
}
