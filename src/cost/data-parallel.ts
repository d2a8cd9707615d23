import type {Cluster} from '../cluster/cluster.js';
import type {Group} from '../cluster/group.js';
import type {Sharding} from '../layout/layout.js';
import type {Bytes} from '../units/quantities.js';
import {collectiveSeconds} from './collective/collective.js';
import {exposedSeconds} from './overlap.js';
import type {DataGroups} from './workload/groups.js';
import type {DeviceParameters} from './workload/stage-parameters.js';

/** Seconds on the wire of one reduction and one gather of all that a device holds; nothing is hidden yet. */
export interface DataParallelTransfers {
  readonly reduce: number;
  /** 0 where parameters are not sharded and so not gathered. */
  readonly gather: number;
}

/** What a step's gradients and parameters can hide behind, and how often they are sent. */
export interface DataParallelWork {
  /** Compute of one micro-batch through all chunks of the device. */
  readonly forwardSeconds: number;
  readonly backwardSeconds: number;
  readonly numMicrobatches: number;
  /** Micro-batches that a chunk works through in a row: their gradients are added up before they go. */
  readonly microbatchesInTurn: number;
}

/** Seconds of a step that no compute hides. */
export interface DataParallelTimes {
  readonly gradientReduction: number;
  readonly parameterGather: number;
}

/**
 * Times of a reduction of gradients and a gather of parameters.
 *
 * Without sharding an all-reduce; else a reduce-scatter and an all-gather, and with a sharding group
 * smaller than the data group each shard is all-reduced across the copies (HSDP). Experts go the same
 * way over the ranks that hold the same experts.
 *
 * @param weightBytes of a gathered parameter
 */
export function dataParallelTransfers(
  {software: {gradientReduceBytes, bucket}}: Cluster,
  sharding: Sharding,
  groups: DataGroups,
  parameters: DeviceParameters,
  weightBytes: number,
): DataParallelTransfers {
  const reduce = parameters.dense * gradientReduceBytes;
  const gather = parameters.dense * weightBytes;
  const {expert} = parameters;
  const expertReduce = (expert * gradientReduceBytes) as Bytes;
  const expertGather = (expert * weightBytes) as Bytes;
  const {shard, expertData} = groups;
  if (sharding === 'none') {
    return {
      reduce:
        bucketedSeconds('allReduce', reduce, groups.data, bucket) +
        bucketedSeconds('allReduce', expertReduce, expertData, bucket),
      gather: 0,
    };
  }
  return {
    reduce:
      bucketedSeconds('reduceScatter', reduce, shard, bucket) +
      replicaReduction(reduce, groups) +
      bucketedSeconds('reduceScatter', expertReduce, expertData, bucket),
    gather:
      collectiveSeconds('allGather', gather as Bytes, shard) +
      collectiveSeconds('allGather', expertGather, expertData),
  };
}

/**
 * What gradient reduction and parameter gathers add to a step.
 *
 * none: a reduction once a step; optimizer: that and a gather once a step; gradients: as optimizer, but
 * gradients are scattered after every turn of a chunk, which without virtual stages is one micro-batch
 * (Llama 3, arXiv 2407.21783 sec. 3.3.2, adds them up over micro-batches and scatters them in 32 bits);
 * parameters: for each micro-batch a gather forward,
 * one backward, and a reduce-scatter.
 * Rajbhandari et al. 2020 sec. 7; Zhao et al. 2023 (FSDP) sec. 3.
 */
export function dataParallelTimes(
  {software: {overlap}}: Cluster,
  sharding: Sharding,
  {reduce, gather}: DataParallelTransfers,
  work: DataParallelWork,
): DataParallelTimes {
  const {computeSlowdown: slowdown} = overlap;
  const forwardGather = exposedSeconds(gather, work.forwardSeconds, overlap.parameterGather, slowdown);
  if (sharding !== 'parameters') {
    const inTurn = sharding === 'gradients' ? work.microbatchesInTurn : 1;
    const times = sharding === 'gradients' ? work.numMicrobatches / inTurn : 1;
    const room = inTurn * work.backwardSeconds;
    return {
      gradientReduction: times * exposedSeconds(reduce, room, overlap.gradientReduction, slowdown),
      parameterGather: forwardGather,
    };
  }
  const backwardGather = exposedSeconds(gather, work.backwardSeconds, overlap.parameterGather, slowdown);
  const room = Math.max(0, work.backwardSeconds - (gather - backwardGather));
  const n = work.numMicrobatches;
  return {
    gradientReduction: n * exposedSeconds(reduce, room, overlap.gradientReduction, slowdown),
    parameterGather: n * (forwardGather + backwardGather),
  };
}

function replicaReduction(bytes: number, {shard, replica}: DataGroups): number {
  return replica.size === 1 ? 0 : collectiveSeconds('allReduce', (bytes / shard.size) as Bytes, replica);
}

/**
 * Share of a bucket's latency that the buckets around it do not cover. Fitted to runs of measurements.csv
 * on 32 and 64 nodes, with an all-reduce (more) and with a reduce-scatter (less) of
 * some hundred buckets.
 */
const bucketLatency = 0.4;
/** A message so small that nothing but latency counts. */
const noBytes = 1 as Bytes;

/** Gradients go bucket by bucket, and each bucket has to go round the group. @returns seconds */
function bucketedSeconds(
  kind: 'allReduce' | 'reduceScatter',
  bytes: number,
  group: Group,
  bucket: number,
): number {
  const whole = collectiveSeconds(kind, bytes as Bytes, group);
  const further = Math.ceil(bytes / bucket) - 1;
  return further <= 0 ? whole : whole + further * bucketLatency * collectiveSeconds(kind, noBytes, group);
}
