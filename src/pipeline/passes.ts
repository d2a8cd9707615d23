import type {Cluster} from '../cluster/cluster.js';
import {backwardSeconds, type ChunkTimes, chunkTimes, forwardSeconds} from '../cost/chunk-times.js';
import type {PieceCosts} from '../cost/pieces.js';
import type {Recompute} from '../layout/layout.js';
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

/** Times of all stages of a layout; each kind of chunk is timed once. */
export function layoutPasses(
  cluster: Cluster,
  pieces: PieceCosts,
  stages: StagePlan,
  recompute: Recompute,
): LayoutPasses {
  const times = stages.chunkKinds.map(chunk => chunkTimes(cluster, pieces, chunk, recompute));
  const slices = times.map(slicePasses);
  const slice = (index: number) => slices[index] as SlicePasses;
  return {
    classes: stages.classes.map(stage => classPasses(stage, times)),
    slices,
    first: slice(stages.first),
    middle: stages.middle.map(slice).reduce<SlicePasses | null>(longer, null),
    last: slice(stages.last),
  };
}

function longer(a: SlicePasses | null, b: SlicePasses): SlicePasses {
  const whole = (slice: SlicePasses) => slice.forward + slice.backwardInput + slice.backwardWeight;
  return a !== null && whole(a) >= whole(b) ? a : b;
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

const timeNames = Object.keys(noTimes) as readonly (keyof ChunkTimes)[];

/** Adds `factor` times `times` to `sum`. */
function addTimes(
  sum: {-readonly [Name in keyof ChunkTimes]: number},
  times: ChunkTimes,
  factor: number,
): void {
  for (let i = 0; i < timeNames.length; i += 1) {
    const name = timeNames[i] as keyof ChunkTimes;
    sum[name] += factor * times[name];
  }
}

/** The class whose stages take longest for a micro-batch. */
export function busiestClass(classes: readonly ClassPasses[]): ClassPasses {
  return classes.reduce((most, passes) => (passes.seconds > most.seconds ? passes : most));
}
