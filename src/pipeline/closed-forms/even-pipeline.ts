import type {PipelineShape} from '../schedules/pipeline-shape.js';

/**
 * A pipeline whose chunks are alike but for the two ends: what the closed forms take.
 *
 * All times are of one micro-batch through one chunk of the model, in seconds.
 */
export interface EvenPipeline extends PipelineShape, EndTimes {
  readonly forward: number;
  /** Gradient of the chunk's input. */
  readonly backwardInput: number;
  /** Gradient of the chunk's weights. */
  readonly backwardWeight: number;
  /** One message between neighbouring chunks on two devices: latency and transfer. */
  readonly send: number;
  /** Share of a message, 0 to 1, that leaves the sender free to compute. */
  readonly sendOverlap: number;
  /** Share, 0 to 1, of the shorter of two paired passes that hides behind the longer (DualPipe). */
  readonly forwardBackwardOverlap: number;
}

/** What the first chunk (embedding) and the last one (norm, logits, loss) take beyond the others. */
export interface EndTimes {
  readonly firstForward: number;
  readonly firstBackwardInput: number;
  readonly firstBackwardWeight: number;
  readonly lastForward: number;
  readonly lastBackwardInput: number;
  readonly lastBackwardWeight: number;
}

/** Ends like the chunks between them. */
export const plainEnds: EndTimes = {
  firstForward: 0,
  firstBackwardInput: 0,
  firstBackwardWeight: 0,
  lastForward: 0,
  lastBackwardInput: 0,
  lastBackwardWeight: 0,
};
