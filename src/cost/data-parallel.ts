import type {Cluster} from '../cluster/cluster.js';
import type {Group} from '../cluster/group.js';
import type {ReductionUnits} from '../frameworks/stack.js';
import type {Layout} from '../layout/layout.js';
import type {Bytes} from '../units/quantities.js';
import type {CollectiveKind} from './collective/algorithm.js';
import {collectiveSeconds} from './collective/collective.js';
import {exposedSeconds} from './overlap.js';
import type {DataGroups} from './workload/groups.js';
import type {DeviceParameters} from './workload/stage-parameters.js';

/** Seconds on the wire of one reduction and one gather of all that a device holds; nothing is hidden yet. */
export interface DataParallelTransfers {
  readonly reduce: number;
  /** Part of `reduce` that no backward pass of the device can hide: its last collective. */
  readonly reduceTail: number;
  /** 0 where parameters are not sharded and so not gathered. */
  readonly gather: number;
  /** Part of `gather` that no forward pass of the device can hide: its first collective. */
  readonly gatherHead: number;
}

/** Choices of a layout that shape its data-parallel communication. */
export type DataParallelChoice = Pick<Layout, 'sharding' | 'overlapGradients' | 'overlapParameters'>;

/** Compute of a step that gradients and parameters can hide behind, and how often they are sent. */
export interface DataParallelWork {
  /** Compute of one micro-batch through all chunks of the device. */
  readonly forwardSeconds: number;
  readonly backwardSeconds: number;
  /** The same for what is sent once a step. */
  readonly onceForwardSeconds: number;
  readonly onceBackwardSeconds: number;
  readonly numMicrobatches: number;
  /** Micro-batches that a chunk works through in a row: their gradients are added up before they go. */
  readonly microbatchesInTurn: number;
  /** Chunks of the model on the device. */
  readonly chunks: number;
  readonly isPipelined: boolean;
  /** Time between the device's last backward pass and the end of the last stage to finish. */
  readonly drainSeconds: number;
  /** Time between the start of a step and the device's first forward pass. */
  readonly fillSeconds: number;
}

/** Seconds of a step that no compute hides. */
export interface DataParallelTimes {
  readonly gradientReduction: number;
  readonly parameterGather: number;
}

/** What is reduced or gathered: dense parameters, or those of experts. */
interface Pieces {
  /** Parameters on the device. */
  readonly all: number;
  /** Those of them in the first chunk of the first stage; 0 on other stages. */
  readonly first: number;
  readonly elementBytes: number;
  readonly group: Group;
}

/**
 * Times of a reduction of gradients and a gather of parameters, each cut into the collectives of the framework.
 *
 * Without sharding an all-reduce; else a reduce-scatter and an all-gather, and with a sharding group
 * smaller than the data group each shard is all-reduced across the copies (HSDP). Experts go the same
 * way over the ranks that hold the same experts.
 *
 * @param weightBytes of a gathered parameter
 */
export function dataParallelTransfers(
  {software: {gradientReduceBytes, reduction}}: Cluster,
  choice: DataParallelChoice,
  groups: DataGroups,
  parameters: DeviceParameters,
  weightBytes: number,
): DataParallelTransfers {
  const {sharding} = choice;
  const isSharded = sharding !== 'none';
  const {shard, replica, data, expertData} = groups;
  const isScattered = sharding === 'parameters' || (isSharded && reduction.sharded === 'reduce-scatter');
  const reducedBy = isScattered ? 'reduceScatter' : 'allReduce';
  const elementBytes = gradientReduceBytes;
  const dense = {all: parameters.dense, first: parameters.firstDense, elementBytes};
  const expert = {all: parameters.expert, first: parameters.firstExpert, elementBytes, group: expertData};
  const reduced = {...dense, group: isSharded ? shard : data};
  const cuts = reductionCuts(reduction, choice, reduced.group.size);
  const reduce = transfer(reducedBy, reduced, cuts, parameters);
  const ofExperts = transfer(reducedBy, expert, cuts, parameters);
  const copied = {...dense, elementBytes: elementBytes / shard.size, group: replica};
  const copies = isSharded ? transfer('allReduce', copied, cuts, parameters) : nothing;
  const gathers = gatherCuts(reduction, choice, shard.size);
  const gathered = {...dense, elementBytes: weightBytes, group: shard};
  const gather = isSharded ? transfer('allGather', gathered, gathers, parameters) : nothing;
  const gatheredExperts = {...expert, elementBytes: weightBytes};
  const gatherExperts = isSharded ? transfer('allGather', gatheredExperts, gathers, parameters) : nothing;
  return {
    reduce: reduce.seconds + copies.seconds + ofExperts.seconds,
    reduceTail: reduce.edge + copies.edge + ofExperts.edge,
    gather: gather.seconds + gatherExperts.seconds,
    gatherHead: gather.edge + gatherExperts.edge,
  };
}

/** Seconds of all collectives, and of the one at the edge that nothing can hide. */
interface Transfer {
  readonly seconds: number;
  readonly edge: number;
}

const nothing: Transfer = {seconds: 0, edge: 0};

/** Collectives of `pieces` as a framework cuts them. */
function transfer(
  kind: CollectiveKind,
  pieces: Pieces,
  {units, bucket}: Cuts,
  {layers, ends, chunks}: DeviceParameters,
): Transfer {
  const {all, first, group} = pieces;
  if (all === 0 || group.size === 1) return nothing;
  switch (units) {
    case 'layers':
      return cut(kind, all, layers + ends, pieces);
    case 'buckets':
      return cut(kind, all, Math.ceil(all / bucket), pieces);
    case 'buffers':
      return cut(kind, all, chunks, pieces);
    case 'first-chunk': {
      if (first === 0) return cut(kind, all, chunks, pieces);
      const bucketed = cut(kind, first, Math.ceil(first / bucket), pieces);
      const others = cut(kind, all - first, chunks - 1, pieces);
      return {seconds: bucketed.seconds + others.seconds, edge: bucketed.edge};
    }
  }
}

/** Pieces that a reduction or a gather is cut into. */
interface Cuts {
  readonly units: ReductionUnits['replicas'];
  /** Parameters of a bucket. */
  readonly bucket: number;
}

/** Without overlap nothing is gained by buckets on the first chunk, and Megatron-Core has none. */
function cutsOf(units: ReductionUnits['replicas'], overlaps: boolean, bucket: number): Cuts {
  return {units: units === 'first-chunk' && !overlaps ? 'buffers' : units, bucket};
}

function reductionCuts(reduction: ReductionUnits, choice: DataParallelChoice, ranks: number): Cuts {
  const {sharding, overlapGradients} = choice;
  const {replicas, optimizer, states} = reduction;
  const units = sharding === 'none' ? replicas : sharding === 'optimizer' ? optimizer : states;
  return cutsOf(units, overlapGradients, Math.max(reduction.bucket, reduction.bucketPerRank * ranks));
}

function gatherCuts(reduction: ReductionUnits, choice: DataParallelChoice, ranks: number): Cuts {
  const {sharding, overlapGradients} = choice;
  const {newWeights, states, gatherBucket} = reduction;
  if (sharding === 'parameters') return {units: states, bucket: gatherBucket};
  const bucket = Math.max(reduction.bucket, reduction.bucketPerRank * ranks);
  return cutsOf(sharding === 'gradients' ? states : newWeights, overlapGradients, bucket);
}

/** `parameters` in `count` collectives of one size. */
function cut(
  kind: CollectiveKind,
  parameters: number,
  count: number,
  {elementBytes, group}: Pieces,
): Transfer {
  if (parameters <= 0) return nothing;
  const pieces = Math.max(1, count);
  const edge = collectiveSeconds(kind, ((parameters * elementBytes) / pieces) as Bytes, group);
  return {seconds: pieces * edge, edge};
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
  {software: {overlap, reduction}}: Cluster,
  {sharding, overlapGradients, overlapParameters}: DataParallelChoice,
  {reduce, reduceTail, gather, gatherHead}: DataParallelTransfers,
  work: DataParallelWork,
): DataParallelTimes {
  const {computeSlowdown: slowdown} = overlap;
  const reducing = overlapGradients ? overlap.gradientReduction : 0;
  const gathering = overlapParameters ? overlap.parameterGather : 0;
  const {forwardSeconds, backwardSeconds, numMicrobatches: n, microbatchesInTurn: inTurn, chunks} = work;
  if (work.isPipelined && reduction.sync === 'pipelined-once' && sharding !== 'none') {
    return {
      gradientReduction: Math.max(0, reduce - work.drainSeconds),
      parameterGather: Math.max(0, gather - work.fillSeconds),
    };
  }
  const syncs = reduction.sync === 'once' ? 1 : n;
  if (sharding === 'parameters') {
    const forwardGather = exposedSeconds(gather, gatherHead, forwardSeconds, gathering, slowdown);
    const backwardGather = exposedSeconds(gather, gatherHead, backwardSeconds, gathering, slowdown);
    const room = Math.max(0, backwardSeconds - (gather - backwardGather));
    return {
      gradientReduction: syncs * exposedSeconds(reduce, reduceTail, room, reducing, slowdown),
      parameterGather: n * (forwardGather + backwardGather),
    };
  }
  // Chunks of a device take turns: gradients of one go while the others have theirs.
  const turns = (1 + (chunks - 1) * inTurn) / chunks;
  const gathered = exposedSeconds(gather, gatherHead, turns * work.onceForwardSeconds, gathering, slowdown);
  const parameterGather = Math.max(0, gathered - work.fillSeconds);
  if (sharding === 'gradients') {
    const times = syncs === 1 ? 1 : syncs / inTurn;
    const reduced = exposedSeconds(reduce, reduceTail, inTurn * backwardSeconds, reducing, slowdown);
    return {gradientReduction: times * reduced, parameterGather};
  }
  const reduced = exposedSeconds(reduce, reduceTail, turns * work.onceBackwardSeconds, reducing, slowdown);
  return {gradientReduction: Math.max(0, reduced - work.drainSeconds), parameterGather};
}
