import type {Cluster} from '../cluster/cluster.js';
import type {Group} from '../cluster/group.js';
import type {Layout} from '../layout/layout.js';
import type {Bytes} from '../units/quantities.js';
import {collectiveSeconds} from './collective/collective.js';
import {exposedSeconds} from './overlap.js';
import type {DeviceParameters} from './stage-parameters.js';

/** Groups over which states are replicated or sharded. */
export interface DataGroups {
  readonly data: Group;
  readonly shard: Group;
  readonly replica: Group;
  readonly expertData: Group;
}

/** What a step's gradients and parameters can hide behind, and how often they are sent. */
export interface DataParallelWork {
  readonly parameters: DeviceParameters;
  /** Compute of one micro-batch through all chunks of the device. */
  readonly forwardSeconds: number;
  readonly backwardSeconds: number;
  readonly numMicrobatches: number;
  readonly weightBytes: number;
}

/** Seconds of a step that no compute hides. */
export interface DataParallelTimes {
  readonly gradientReduction: number;
  readonly parameterGather: number;
}

/**
 * Gradient reduction and parameter gathers of a step.
 *
 * none: all-reduce once a step; optimizer: reduce-scatter and all-gather once a step; gradients: as
 * optimizer, but gradients are scattered after every micro-batch; parameters: for each micro-batch a
 * gather forward, one backward, and a reduce-scatter.
 * Rajbhandari et al. 2020 sec. 7; Zhao et al. 2023 (FSDP) sec. 3. With a sharding group smaller than
 * the data group each shard is all-reduced across the copies (HSDP). Experts go the same way over the
 * ranks that hold the same experts.
 */
export function dataParallelTimes(
  cluster: Cluster,
  layout: Layout,
  groups: DataGroups,
  work: DataParallelWork,
): DataParallelTimes {
  const {overlap, gradientReduceBytes} = cluster.software;
  const reduce = work.parameters.dense * gradientReduceBytes;
  const gather = work.parameters.dense * work.weightBytes;
  const {expert} = work.parameters;
  const expertReduce = (expert * gradientReduceBytes) as Bytes;
  const expertGather = (expert * work.weightBytes) as Bytes;
  const {shard} = groups;
  const across = replicaReduction(reduce, groups);
  if (layout.sharding === 'none') {
    const seconds =
      collectiveSeconds('allReduce', reduce as Bytes, groups.data) +
      collectiveSeconds('allReduce', expertReduce, groups.expertData);
    return {
      gradientReduction: exposedSeconds(
        seconds,
        work.backwardSeconds,
        overlap.gradientReduction,
        overlap.computeSlowdown,
      ),
      parameterGather: 0,
    };
  }
  const scatterSeconds =
    collectiveSeconds('reduceScatter', reduce as Bytes, shard) +
    across +
    collectiveSeconds('reduceScatter', expertReduce, groups.expertData);
  const gatherSeconds =
    collectiveSeconds('allGather', gather as Bytes, shard) +
    collectiveSeconds('allGather', expertGather, groups.expertData);
  const hide = (seconds: number, compute: number, share: number) =>
    exposedSeconds(seconds, compute, share, overlap.computeSlowdown);
  if (layout.sharding !== 'parameters') {
    const times = layout.sharding === 'gradients' ? work.numMicrobatches : 1;
    return {
      gradientReduction: times * hide(scatterSeconds, work.backwardSeconds, overlap.gradientReduction),
      parameterGather: hide(gatherSeconds, work.forwardSeconds, overlap.parameterGather),
    };
  }
  const forwardGather = hide(gatherSeconds, work.forwardSeconds, overlap.parameterGather);
  const backwardGather = hide(gatherSeconds, work.backwardSeconds, overlap.parameterGather);
  const room = Math.max(0, work.backwardSeconds - (gatherSeconds - backwardGather));
  const n = work.numMicrobatches;
  return {
    gradientReduction: n * hide(scatterSeconds, room, overlap.gradientReduction),
    parameterGather: n * (forwardGather + backwardGather),
  };
}

function replicaReduction(bytes: number, {shard, replica}: DataGroups): number {
  return replica.size === 1 ? 0 : collectiveSeconds('allReduce', (bytes / shard.size) as Bytes, replica);
}
