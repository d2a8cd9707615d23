import {backwardSeconds, type ChunkTimes, forwardSeconds} from '../cost/chunk-times.js';
import type {SlicePasses} from './pipeline-times.js';
import type {StageClass, StagePlan} from './stage-classes.js';

/** Passes of one micro-batch through a stage of one class, through all of its chunks. */
export interface ClassPasses {
  readonly times: ChunkTimes;
  readonly forward: number;
  readonly backward: number;
  /** Forward and backward. */
  readonly seconds: number;
}

/** Passes of one micro-batch by class of stages, and through the slices as the closed forms take them. */
export interface LayoutPasses {
  readonly classes: readonly ClassPasses[];
  /** By kind of chunk. */
  readonly slices: readonly SlicePasses[];
  readonly first: SlicePasses;
  readonly middle: SlicePasses | null;
  readonly last: SlicePasses;
}

/** Times of all stages. @param kinds passes of one micro-batch through each kind of chunk */
export function stagePasses(kinds: readonly ChunkTimes[], stages: StagePlan): LayoutPasses {
  const slices = kinds.map(slicePasses);
  const slice = (index: number) => slices[index] as SlicePasses;
  let middle: SlicePasses | null = null;
  for (const index of stages.middle) middle = longer(middle, slice(index));
  return {
    classes: stages.classes.map(stage => classPasses(stage, kinds)),
    slices,
    first: slice(stages.first),
    middle,
    last: slice(stages.last),
  };
}

function longer(a: SlicePasses | null, b: SlicePasses): SlicePasses {
  return a !== null && wholeSeconds(a) >= wholeSeconds(b) ? a : b;
}

function wholeSeconds({forward, backwardInput, backwardWeight}: SlicePasses): number {
  return forward + backwardInput + backwardWeight;
}

/** The gradient of weights can wait; all else of the backward pass is on the way to the stage before. */
function slicePasses(times: ChunkTimes): SlicePasses {
  return {
    forward: forwardSeconds(times),
    backwardInput: backwardSeconds(times) - times.backwardWeight,
    backwardWeight: times.backwardWeight,
  };
}

function classPasses({counts, share}: StageClass, kinds: readonly ChunkTimes[]): ClassPasses {
  const times = {...noTimes};
  for (const {chunkKind, count} of counts) addTimes(times, kinds[chunkKind] as ChunkTimes, share * count);
  const forward = forwardSeconds(times);
  const backward = backwardSeconds(times);
  return {times, forward, backward, seconds: forward + backward};
}

const noTimes: ChunkTimes = {
  forward: 0,
  backwardInput: 0,
  backwardWeight: 0,
  recompute: 0,
  launchForward: 0,
  launchBackward: 0,
  tensorForward: 0,
  tensorBackward: 0,
  contextForward: 0,
  contextBackward: 0,
  expertForward: 0,
  expertBackward: 0,
};

/** Adds `factor` times `times` to `sum`. Written out: a loop over names takes ten times as long. */
function addTimes(
  sum: {-readonly [Name in keyof ChunkTimes]: number},
  times: ChunkTimes,
  factor: number,
): void {
  sum.forward += factor * times.forward;
  sum.backwardInput += factor * times.backwardInput;
  sum.backwardWeight += factor * times.backwardWeight;
  sum.recompute += factor * times.recompute;
  sum.launchForward += factor * times.launchForward;
  sum.launchBackward += factor * times.launchBackward;
  sum.tensorForward += factor * times.tensorForward;
  sum.tensorBackward += factor * times.tensorBackward;
  sum.contextForward += factor * times.contextForward;
  sum.contextBackward += factor * times.contextBackward;
  sum.expertForward += factor * times.expertForward;
  sum.expertBackward += factor * times.expertBackward;
}

/** The class whose stages take longest for a micro-batch. */
export function busiestClass(classes: readonly ClassPasses[]): ClassPasses {
  return classes.reduce((most, passes) => (passes.seconds > most.seconds ? passes : most));
}
