import type {PipelineShape} from './pipeline-shape.js';

/** Assignment of the model's chunks to devices, and the routes of micro-batches through them. */
export interface Placement {
  /** Chunks of the model that a device holds, in its own numbering. */
  readonly numChunks: number;
  /** Micro-batches that a chunk works through before the next one has its turn, where chunks take turns. */
  readonly groupSize: number;
  /** Ways through the pipeline; two where micro-batches enter from both ends. */
  readonly routes: readonly Route[];
}

/** One way through the pipeline: the chunks of the model in order, and how many micro-batches take it. */
export interface Route {
  readonly stops: readonly Stop[];
  readonly numMicrobatches: number;
}

/** The place of one chunk. */
export interface Stop {
  readonly device: number;
  readonly chunk: number;
}

/** Model chunk c p + d is chunk c of device d. Narayanan et al. 2021 (arXiv 2104.04473) sec. 2.2. */
export function inTurnPlacement(
  {stages, microbatches: numMicrobatches}: PipelineShape,
  numChunks: number,
  groupSize: number,
): Placement {
  const stops = Array.from({length: stages * numChunks}, (_, modelChunk) => ({
    device: modelChunk % stages,
    chunk: Math.floor(modelChunk / stages),
  }));
  return {numChunks, groupSize, routes: [{stops, numMicrobatches}]};
}

/** Down through chunk 0 of all devices and back up through chunk 1. Qi et al. 2024 (arXiv 2405.15362). */
export function vShapedPlacement({stages, microbatches}: PipelineShape): Placement {
  const stops = Array.from({length: 2 * stages}, (_, modelChunk) => ({
    device: modelChunk < stages ? modelChunk : 2 * stages - 1 - modelChunk,
    chunk: modelChunk < stages ? 0 : 1,
  }));
  return {numChunks: 2, groupSize: microbatches, routes: [{stops, numMicrobatches: microbatches}]};
}

/**
 * Half of the micro-batches enter at each end; every device holds the chunks of both directions.
 *
 * Chunk 0 is the direction that starts at the nearer end, as the first half of the devices sees it.
 * DeepSeek-V3 (arXiv 2412.19437) sec. 3.2.1.
 */
export function bidirectionalPlacement({stages, microbatches}: PipelineShape): Placement {
  const down = Array.from({length: stages}, (_, device) => ({device, chunk: device < stages / 2 ? 0 : 1}));
  const up = Array.from({length: stages}, (_, modelChunk) => {
    const device = stages - 1 - modelChunk;
    return {device, chunk: device < stages / 2 ? 1 : 0};
  });
  const half = microbatches / 2;
  return {
    numChunks: 2,
    groupSize: half,
    routes: [
      {stops: down, numMicrobatches: half},
      {stops: up, numMicrobatches: half},
    ],
  };
}
