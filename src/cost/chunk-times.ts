import type {Cluster} from '../cluster/cluster.js';
import type {Recompute} from '../layout/layout.js';
import type {Chunk} from './chunk.js';
import {addCommunication, type CommunicationCost, noCommunication} from './communication.js';
import {addCosts, type ComputeCost, noCompute} from './kernels/compute-cost.js';
import type {LayerCost, PieceCosts} from './pieces.js';
import type {Shard} from './shard.js';

/** Passes of one micro-batch through one chunk: what the device does, what it waits for. */
export interface ChunkTimes {
  readonly forward: number;
  readonly backwardInput: number;
  readonly backwardWeight: number;
  readonly recompute: number;
  readonly launchForward: number;
  readonly launchBackward: number;
  readonly tensorForward: number;
  readonly tensorBackward: number;
  readonly contextForward: number;
  readonly contextBackward: number;
  readonly expertForward: number;
  readonly expertBackward: number;
}

/** Whole forward pass of a micro-batch through a chunk, seconds. */
export function forwardSeconds(times: ChunkTimes): number {
  return (
    times.forward + times.launchForward + times.tensorForward + times.contextForward + times.expertForward
  );
}

/** Whole backward pass of a micro-batch through a chunk with what it recomputes, seconds. */
export function backwardSeconds(times: ChunkTimes): number {
  return (
    times.backwardInput +
    times.backwardWeight +
    times.recompute +
    times.launchBackward +
    times.tensorBackward +
    times.contextBackward +
    times.expertBackward
  );
}

/** Costs of a chunk for one micro-batch, summed before it is said what is recomputed. */
export interface ChunkCosts {
  readonly shard: Shard;
  /** The chunk is one of several, between which messages pass. */
  readonly pipelined: boolean;
  readonly layers: readonly {readonly count: number; readonly cost: LayerCost}[];
  /** Of the layers alone. */
  readonly inLayers: ComputeCost;
  /** With embedding and head. */
  readonly compute: ComputeCost;
  readonly communication: CommunicationCost;
}

/** Adds up what `chunk` costs; the same for all that is recomputed of it. */
export function chunkCosts(pieces: PieceCosts, chunk: Chunk): ChunkCosts {
  const layers = chunk.layers.map(({kind, count}) => ({count, cost: pieces.layer(kind)}));
  let compute = noCompute;
  let communication = noCommunication;
  for (const {count, cost} of layers) {
    compute = addCosts(compute, cost.compute, count);
    communication = addCommunication(communication, cost.communication, count);
  }
  const inLayers = compute;
  for (const end of [chunk.hasEmbedding ? pieces.embedding : null, chunk.hasHead ? pieces.head : null]) {
    if (end === null) continue;
    compute = addCosts(compute, end.compute, 1);
    communication = addCommunication(communication, end.communication, 1);
  }
  const pipelined = !(chunk.hasEmbedding && chunk.hasHead);
  return {shard: pieces.shard, pipelined, layers, inLayers, compute, communication};
}

/** Times of one micro-batch through a chunk. */
export function chunkTimes(cluster: Cluster, costs: ChunkCosts, recompute: Recompute): ChunkTimes {
  let again = noCompute;
  let sentAgain = noCommunication;
  let before = 0;
  for (const {count, cost} of costs.layers) {
    const repeated = recomputedLayers(recompute, before, count);
    if (repeated > 0) {
      again = addCosts(again, cost.compute, repeated);
      sentAgain = addCommunication(sentAgain, cost.communication, repeated);
    }
    before += count;
  }
  const selective = recompute === 'selective' ? costs.inLayers : noCompute;
  return passes(cluster, {
    tensorOverlap: tensorOverlap(cluster, costs.shard),
    compute: costs.compute,
    communication: costs.communication,
    recomputed: again.forward + selective.selectiveForward,
    recomputedKernels: again.forwardKernels + selective.selectiveKernels,
    sentAgain,
    callSeconds: callSeconds(cluster, costs),
  });
}

/** Host time of one collective call inside a stage. */
function callSeconds(
  {software, numDevices, devicesPerNode}: Cluster,
  {shard, pipelined}: ChunkCosts,
): number {
  const crossing = pipelined && numDevices > devicesPerNode;
  return software.collectiveLaunch + (crossing ? shard.tensor * software.pipelinedStep : 0);
}

/** Share of tensor-parallel communication that hides when it runs in pieces beside its products. */
const asyncTensorOverlap = 0.5;

function tensorOverlap({software}: Cluster, shard: Shard): number {
  return shard.asyncTensor ? Math.max(software.overlap.tensor, asyncTensorOverlap) : software.overlap.tensor;
}

/** Of `count` layers behind `before` others of a chunk, how many are recomputed whole. */
export function recomputedLayers(recompute: Recompute, before: number, count: number): number {
  if (typeof recompute === 'string') return recompute === 'full' ? count : 0;
  return Math.max(0, Math.min(count, recompute.layers - before));
}

interface ChunkWork {
  readonly tensorOverlap: number;
  readonly compute: ComputeCost;
  readonly communication: CommunicationCost;
  readonly recomputed: number;
  readonly recomputedKernels: number;
  readonly sentAgain: CommunicationCost;
  readonly callSeconds: number;
}

function passes(cluster: Cluster, work: ChunkWork): ChunkTimes {
  const {compute, communication: sent, recomputed, sentAgain, callSeconds: call} = work;
  const {overlap, kernelLaunch} = cluster.software;
  const left = (seconds: number, share: number) => seconds * (1 - share * (1 - overlap.computeSlowdown));
  const tensorForward = left(sent.tensorForward, work.tensorOverlap);
  // The gather for the weight gradient runs beside the product that needs it last.
  const regather = Math.max(0, sent.tensorRegather - compute.backwardWeight);
  const tensorBackward = left(sent.tensorBackward + sentAgain.tensorForward, work.tensorOverlap) + regather;
  const contextForward = left(sent.contextForward, overlap.context);
  const contextBackward = left(sent.contextBackward + sentAgain.contextForward, overlap.context);
  const expertForward = left(sent.expertForward, overlap.expert);
  const expertBackward = left(sent.expertBackward + sentAgain.expertForward, overlap.expert);
  const forward = compute.forward;
  const backward = compute.backwardInput + compute.backwardWeight + recomputed;
  const hostForward = compute.forwardKernels * kernelLaunch + sent.forwardCalls * call;
  const hostBackward =
    (compute.backwardKernels + work.recomputedKernels) * kernelLaunch +
    (sent.backwardCalls + sentAgain.forwardCalls) * call;
  return {
    forward,
    backwardInput: compute.backwardInput,
    backwardWeight: compute.backwardWeight,
    recompute: recomputed,
    launchForward: waitForHost(hostForward, forward + tensorForward + contextForward + expertForward),
    launchBackward: waitForHost(hostBackward, backward + tensorBackward + contextBackward + expertBackward),
    tensorForward,
    tensorBackward,
    contextForward,
    contextBackward,
    expertForward,
    expertBackward,
  };
}

/**
 * Time that a device waits for its host in a pass. The host runs ahead of a device that takes much
 * longer, and is waited for all the time by one that takes much less. In between, long kernels let it
 * catch up and short ones do not: the two times join as the root of the sum of their cubes, which is
 * within 5 % of the layer times of measurements.csv, rows vtrainSingle, from micro-batches of 1 to 8.
 */
function waitForHost(host: number, device: number): number {
  return Math.cbrt(host * host * host + device * device * device) - device;
}
