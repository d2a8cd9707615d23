import {
  backwardSeconds,
  emptyPassTimes,
  forwardSeconds,
  type PassTimes,
  passTerm,
} from '../cost/layers/pass-times.js';
import {addTo} from '../cost/workload/work.js';
import type {ChunkPasses} from './pipeline-times.js';
import type {StageAssignment, StageClass} from './stages/stage-classes.js';

/** Passes of one micro-batch through a stage of one class, through all of its chunks. */
export interface ClassPasses {
  readonly times: PassTimes;
  readonly forwardSeconds: number;
  readonly backwardSeconds: number;
  /** Forward and backward. */
  readonly seconds: number;
}

/** Passes of one micro-batch by class of stages, and through the chunks as the closed forms take them. */
export interface LayoutPasses {
  readonly classes: readonly ClassPasses[];
  /** By kind of chunk. */
  readonly chunks: readonly ChunkPasses[];
  readonly first: ChunkPasses;
  readonly middle: ChunkPasses | null;
  readonly last: ChunkPasses;
}

/** Times of all stages. @param kinds passes of one micro-batch through each kind of chunk */
export function stagePasses(kinds: readonly PassTimes[], stages: StageAssignment): LayoutPasses {
  const chunks = kinds.map(chunkPasses);
  const modelChunk = (index: number) => chunks[index] as ChunkPasses;
  let middle: ChunkPasses | null = null;
  for (const index of stages.middle) middle = longer(middle, modelChunk(index));
  return {
    classes: stages.classes.map(stage => classPasses(stage, kinds)),
    chunks,
    first: modelChunk(stages.first),
    middle,
    last: modelChunk(stages.last),
  };
}

function longer(a: ChunkPasses | null, b: ChunkPasses): ChunkPasses {
  return a !== null && wholeSeconds(a) >= wholeSeconds(b) ? a : b;
}

function wholeSeconds({forward, backwardInput, backwardWeight}: ChunkPasses): number {
  return forward + backwardInput + backwardWeight;
}

/** The gradient of weights can wait; all else of the backward pass is on the way to the stage before. */
function chunkPasses(times: PassTimes): ChunkPasses {
  const backwardWeight = times[passTerm.backwardWeight];
  return {
    forward: forwardSeconds(times),
    backwardInput: backwardSeconds(times) - backwardWeight,
    backwardWeight,
  };
}

function classPasses({counts, share}: StageClass, kinds: readonly PassTimes[]): ClassPasses {
  const times = emptyPassTimes();
  for (const {chunkKind, count} of counts) addTo(times, kinds[chunkKind] as PassTimes, share * count);
  const forward = forwardSeconds(times);
  const backward = backwardSeconds(times);
  return {times, forwardSeconds: forward, backwardSeconds: backward, seconds: forward + backward};
}

/** The class whose stages take longest for a micro-batch. */
export function busiestClass(classes: readonly ClassPasses[]): ClassPasses {
  return classes.reduce((most, passes) => (passes.seconds > most.seconds ? passes : most));
}
