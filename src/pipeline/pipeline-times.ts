import type {EvenPipeline} from './closed-forms/even-pipeline.js';
import {schedules} from './schedules/schedules.js';
import type {PipelineChoice} from './stages/stage-classes.js';

/** Passes of one micro-batch through one chunk of the model, seconds. */
export interface ChunkPasses {
  readonly forward: number;
  readonly backwardInput: number;
  readonly backwardWeight: number;
}

/** Passes through the chunks of a pipeline, and the messages between them, as the closed forms take them. */
export interface PipelineTimesInput {
  readonly numMicrobatches: number;
  readonly first: ChunkPasses;
  /** The longest of the chunks between the ends; null where there are none. */
  readonly middle: ChunkPasses | null;
  readonly last: ChunkPasses;
  /** All micro-batches on the busiest stage, seconds. */
  readonly busiest: number;
  /** One message from a chunk to the next. */
  readonly send: number;
  /** Share of a message that leaves the sender free to compute. */
  readonly sendOverlap: number;
  /** Share of the shorter of two paired passes that hides behind the longer (DualPipe). */
  readonly forwardBackwardOverlap: number;
}

/** Seconds of a step beyond the busiest stage's own work. */
export interface PipelineTimes {
  readonly communication: number;
  readonly bubble: number;
  /** Work of the busiest stage that overlapped forward and backward passes hide (DualPipe). */
  readonly hidden: number;
}

/** Bubble and messages by the schedule's closed form: what messages add is communication, the rest bubble. */
export function pipelineTimes(layout: PipelineChoice, work: PipelineTimesInput): PipelineTimes {
  if (layout.pipeline === 1) return {communication: 0, bubble: 0, hidden: 0};
  const {seconds} = schedules[layout.schedule];
  const withoutMessages = seconds(evenPipeline(layout, work, 0));
  const withMessages = work.send === 0 ? withoutMessages : seconds(evenPipeline(layout, work, work.send));
  return {
    communication: Math.max(0, withMessages - withoutMessages),
    bubble: Math.max(0, withoutMessages - work.busiest),
    hidden: Math.max(0, work.busiest - withoutMessages),
  };
}

function evenPipeline(layout: PipelineChoice, work: PipelineTimesInput, send: number): EvenPipeline {
  const {first, last, numMicrobatches: microbatches, sendOverlap, forwardBackwardOverlap} = work;
  const plain = work.middle ?? lesser(first, last);
  return {
    stages: layout.pipeline,
    virtualStages: layout.virtualStages,
    microbatches,
    forward: plain.forward,
    backwardInput: plain.backwardInput,
    backwardWeight: plain.backwardWeight,
    firstForward: Math.max(0, first.forward - plain.forward),
    firstBackwardInput: Math.max(0, first.backwardInput - plain.backwardInput),
    firstBackwardWeight: Math.max(0, first.backwardWeight - plain.backwardWeight),
    lastForward: Math.max(0, last.forward - plain.forward),
    lastBackwardInput: Math.max(0, last.backwardInput - plain.backwardInput),
    lastBackwardWeight: Math.max(0, last.backwardWeight - plain.backwardWeight),
    send,
    sendOverlap,
    forwardBackwardOverlap,
  };
}

/** The shorter of each pass. */
export function lesser(a: ChunkPasses, b: ChunkPasses): ChunkPasses {
  return {
    forward: Math.min(a.forward, b.forward),
    backwardInput: Math.min(a.backwardInput, b.backwardInput),
    backwardWeight: Math.min(a.backwardWeight, b.backwardWeight),
  };
}
