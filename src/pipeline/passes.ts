import {
  backwardSeconds,
  emptyPassTimes,
  forwardSeconds,
  type PassTimes,
  pacedSeconds,
  passTerm,
} from '../cost/layers/pass-times.js';
import {addTo} from '../cost/workload/work.js';
import {type ChunkPasses, lesser} from './pipeline-times.js';
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
  readonly room: OverlapRoom;
}

/**
 * Compute of one micro-batch that transfers of any stage overlap with. A stage that is not the busiest
 * waits for the others, and its transfers run on; while a device waits for its host they run on too.
 */
export interface OverlapRoom {
  readonly forwardSeconds: number;
  readonly backwardSeconds: number;
  /** The same once a step, when passes through all stages follow each other. */
  readonly onceForwardSeconds: number;
  readonly onceBackwardSeconds: number;
  /** Time by which a stage starts later than the one before it, and ends sooner. */
  readonly fillSeconds: number;
  readonly drainSeconds: number;
  /** First stage of each class. */
  readonly firstStages: readonly number[];
  readonly isPipelined: boolean;
}

/** Times of all stages. @param kinds passes of one micro-batch through each kind of chunk */
export function stagePasses(kinds: readonly PassTimes[], stages: StageAssignment): LayoutPasses {
  const chunks = kinds.map(times => chunkPasses(times, stages.splitsBackward));
  const modelChunk = (index: number) => chunks[index] as ChunkPasses;
  let middle: ChunkPasses | null = null;
  for (const index of stages.middle) middle = longer(middle, modelChunk(index));
  const first = modelChunk(stages.first);
  const last = modelChunk(stages.last);
  const classes = stages.classes.map(stage => classPasses(stage, kinds));
  return {
    classes,
    chunks,
    first,
    middle,
    last,
    room: overlapRoom(classes, middle ?? lesser(first, last), stages),
  };
}

/**
 * What the busiest stage leaves when the longest pass the other way is taken off, and no more than the plain
 * chunks of a device take: no more than its own pass, and never more in less time.
 */
function overlapRoom(
  classes: readonly ClassPasses[],
  plain: ChunkPasses,
  stages: StageAssignment,
): OverlapRoom {
  const {fillsAndDrains, splitsBackward, firstStages} = stages;
  let whole = 0;
  let longestForward = 0;
  let longestBackward = 0;
  for (const {forwardSeconds: forward, backwardSeconds: backward, seconds} of classes) {
    whole = Math.max(whole, seconds);
    longestForward = Math.max(longestForward, forward);
    longestBackward = Math.max(longestBackward, backward);
  }
  const [{chunks, share} = {chunks: [], share: 1}] = stages.classes;
  const perDevice = chunks.length * share;
  // Gradients of weights that are passes by themselves fill bubbles, and are no room.
  const backward = splitsBackward ? plain.backwardInput : plain.backwardInput + plain.backwardWeight;
  const forwardSeconds = whole - longestBackward;
  const backwardSeconds = whole - longestForward;
  const onceBackwardSeconds = Math.min(backwardSeconds, perDevice * backward);
  return {
    forwardSeconds,
    backwardSeconds: splitsBackward ? onceBackwardSeconds : backwardSeconds,
    onceForwardSeconds: Math.min(forwardSeconds, perDevice * plain.forward),
    onceBackwardSeconds,
    fillSeconds: fillsAndDrains ? plain.forward : 0,
    drainSeconds: fillsAndDrains ? backward : 0,
    firstStages,
    isPipelined: stages.chunks.length > 1,
  };
}

function longer(a: ChunkPasses | null, b: ChunkPasses): ChunkPasses {
  return a !== null && wholeSeconds(a) >= wholeSeconds(b) ? a : b;
}

function wholeSeconds({forward, backwardInput, backwardWeight}: ChunkPasses): number {
  return forward + backwardInput + backwardWeight;
}

/** Share of the kernels of a backward pass that make the gradients of weights. */
const weightKernels = 1 / 3;

/**
 * Passes through a chunk of the model.
 *
 * @param splits the gradients of weights are passes by themselves, which can wait and have their own share of
 *   the host's time; all else of the backward pass is on the way to the stage before
 */
function chunkPasses(times: PassTimes, splits: boolean): ChunkPasses {
  const forward = forwardSeconds(times);
  if (!splits) return {forward, backwardInput: backwardSeconds(times), backwardWeight: 0};
  const host = times[passTerm.hostBackward];
  return {
    forward,
    backwardInput: pacedSeconds((1 - weightKernels) * host, times[passTerm.inputPass]),
    backwardWeight: pacedSeconds(weightKernels * host, times[passTerm.weightPass]),
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
