import type {EvenPipeline} from '../closed-forms/even-pipeline.js';

/** What one micro-batch takes in each chunk of the model, in model order. */
export interface ChunkTimes {
  readonly forwardSeconds: readonly number[];
  readonly backwardInputSeconds: readonly number[];
  readonly backwardWeightSeconds: readonly number[];
  /** A message from chunk i to chunk i + 1, or its gradient back; free if one device holds both. */
  readonly sendSeconds: readonly number[];
  /** Share of a message, 0 to 1, that leaves the sender free to compute. */
  readonly sendOverlap: number;
  /** Share, 0 to 1, of the shorter of two paired passes that hides behind the longer. */
  readonly forwardBackwardOverlap: number;
  /** Kept from the forward pass on. */
  readonly activationBytes: readonly number[];
  /** Part of `activationBytes` that the weight gradient still needs after the input gradient is done. */
  readonly weightGradientBytes: readonly number[];
}

/** The times of each chunk of `pipeline`, with one byte of activations a chunk, so that bytes count chunks. */
export function evenChunkTimes(pipeline: EvenPipeline, numChunks: number): ChunkTimes {
  const last = numChunks - 1;
  const each = (middle: number, first: number, end: number) =>
    Array.from({length: numChunks}, (_, i) => middle + (i === 0 ? first : 0) + (i === last ? end : 0));
  return {
    forwardSeconds: each(pipeline.forward, pipeline.firstForward, pipeline.lastForward),
    backwardInputSeconds: each(
      pipeline.backwardInput,
      pipeline.firstBackwardInput,
      pipeline.lastBackwardInput,
    ),
    backwardWeightSeconds: each(
      pipeline.backwardWeight,
      pipeline.firstBackwardWeight,
      pipeline.lastBackwardWeight,
    ),
    sendSeconds: Array.from({length: last}, () => pipeline.send),
    sendOverlap: pipeline.sendOverlap,
    forwardBackwardOverlap: pipeline.forwardBackwardOverlap,
    activationBytes: each(1, 0, 0),
    weightGradientBytes: each(1, 0, 0),
  };
}
