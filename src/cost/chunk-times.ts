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

/** What a part of a chunk costs for one micro-batch. */
interface PartCosts {
  readonly compute: ComputeCost;
  readonly communication: CommunicationCost;
}

/** Costs of a chunk for one micro-batch, summed before it is said what is recomputed. */
export interface ChunkCosts {
  readonly shard: Shard;
  readonly layers: readonly {readonly count: number; readonly cost: LayerCost}[];
  readonly inLayers: PartCosts;
  /** Embedding and head; null where the chunk has neither. */
  readonly ends: PartCosts | null;
}

/** Adds up what `chunk` costs; the same for all that is recomputed of it. */
export function chunkCosts(pieces: PieceCosts, chunk: Chunk): ChunkCosts {
  const layers = chunk.layers.map(({kind, count}) => ({count, cost: pieces.layer(kind)}));
  let inLayers: PartCosts = noPart;
  for (const {count, cost} of layers) inLayers = addPart(inLayers, cost, count);
  let ends: PartCosts | null = null;
  for (const end of [chunk.hasEmbedding ? pieces.embedding : null, chunk.hasHead ? pieces.head : null]) {
    if (end !== null) ends = addPart(ends ?? noPart, end, 1);
  }
  return {shard: pieces.shard, layers, inLayers, ends};
}

const noPart: PartCosts = {compute: noCompute, communication: noCommunication};

function addPart(sum: PartCosts, part: PartCosts, times: number): PartCosts {
  return {
    compute: addCosts(sum.compute, part.compute, times),
    communication: addCommunication(sum.communication, part.communication, times),
  };
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
  const selective = recompute === 'selective' ? costs.inLayers.compute : noCompute;
  const hiddenTensor = tensorOverlap(cluster, costs.shard);
  const blocked = blockedSeconds(cluster, costs.shard);
  // Written out: spread records take several times as long, and a search asks for many.
  const inLayers = passes(cluster, {
    tensorOverlap: hiddenTensor,
    blockedSeconds: blocked,
    compute: costs.inLayers.compute,
    communication: costs.inLayers.communication,
    recomputed: again.forward + selective.selectiveForward,
    recomputedKernels: again.forwardKernels + selective.selectiveKernels,
    sentAgain,
  });
  if (costs.ends === null) return inLayers;
  const ends = passes(cluster, {
    tensorOverlap: hiddenTensor,
    blockedSeconds: blocked,
    compute: costs.ends.compute,
    communication: costs.ends.communication,
    recomputed: 0,
    recomputedKernels: 0,
    sentAgain: noCommunication,
  });
  return addTimes(inLayers, ends);
}

function addTimes(a: ChunkTimes, b: ChunkTimes): ChunkTimes {
  return {
    forward: a.forward + b.forward,
    backwardInput: a.backwardInput + b.backwardInput,
    backwardWeight: a.backwardWeight + b.backwardWeight,
    recompute: a.recompute + b.recompute,
    launchForward: a.launchForward + b.launchForward,
    launchBackward: a.launchBackward + b.launchBackward,
    tensorForward: a.tensorForward + b.tensorForward,
    tensorBackward: a.tensorBackward + b.tensorBackward,
    contextForward: a.contextForward + b.contextForward,
    contextBackward: a.contextBackward + b.contextBackward,
    expertForward: a.expertForward + b.expertForward,
    expertBackward: a.expertBackward + b.expertBackward,
  };
}

/**
 * Time for which a collective call inside a layer holds up its host, besides launching it: a library that
 * runs rings alone goes round its peers before it lets go.
 */
function blockedSeconds({software, ringsOnly}: Cluster, {tensor}: Shard): number {
  return ringsOnly ? tensor * software.ringStep : 0;
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

interface ChunkWork extends PartCosts {
  readonly tensorOverlap: number;
  readonly recomputed: number;
  readonly recomputedKernels: number;
  readonly sentAgain: CommunicationCost;
  readonly blockedSeconds: number;
}

function passes(cluster: Cluster, work: ChunkWork): ChunkTimes {
  const {compute, communication: sent, recomputed, sentAgain, tensorOverlap: hiddenTensor} = work;
  const {overlap, kernelLaunch, collectiveLaunch} = cluster.software;
  const left = 1 - overlap.computeSlowdown;
  const forward = compute.forward;
  const backward = compute.backwardInput + compute.backwardWeight + recomputed;
  // Messages hide behind the compute beside them, all together behind no more than there is.
  let room = forward;
  const tensorBeside = Math.min(sent.tensorForward * hiddenTensor, room);
  room -= tensorBeside;
  const contextBeside = Math.min(sent.contextForward * overlap.context, room);
  room -= contextBeside;
  const expertBeside = Math.min(sent.expertForward * overlap.expert, room);
  const tensorForward = sent.tensorForward - left * tensorBeside;
  const contextForward = sent.contextForward - left * contextBeside;
  const expertForward = sent.expertForward - left * expertBeside;
  // The gather for the weight gradient runs beside the product that needs it last.
  const regathered = Math.min(sent.tensorRegather, compute.backwardWeight);
  room = backward - regathered;
  const tensorSent = sent.tensorBackward + sentAgain.tensorForward;
  const contextSent = sent.contextBackward + sentAgain.contextForward;
  const expertSent = sent.expertBackward + sentAgain.expertForward;
  const tensorBehind = Math.min(tensorSent * hiddenTensor, room);
  room -= tensorBehind;
  const contextBehind = Math.min(contextSent * overlap.context, room);
  room -= contextBehind;
  const expertBehind = Math.min(expertSent * overlap.expert, room);
  const tensorBackward = tensorSent - left * tensorBehind + (sent.tensorRegather - regathered);
  const contextBackward = contextSent - left * contextBehind;
  const expertBackward = expertSent - left * expertBehind;
  const call = collectiveLaunch + work.blockedSeconds;
  const hostForward = compute.forwardKernels * kernelLaunch + sent.forwardCalls * call;
  const hostBackward =
    (compute.backwardKernels + work.recomputedKernels) * kernelLaunch +
    (sent.backwardCalls + sentAgain.forwardCalls) * call;
  // A host that calls hold up launches nothing while messages are under way.
  const runsOn = work.blockedSeconds > 0 ? 0 : 1;
  const deviceForward = forward + runsOn * (tensorForward + contextForward + expertForward);
  const deviceBackward = backward + runsOn * (tensorBackward + contextBackward + expertBackward);
  return {
    forward,
    backwardInput: compute.backwardInput,
    backwardWeight: compute.backwardWeight,
    recompute: recomputed,
    launchForward: waitForHost(hostForward, deviceForward),
    launchBackward: waitForHost(hostBackward, deviceBackward),
    tensorForward,
    tensorBackward,
    contextForward,
    contextBackward,
    expertForward,
    expertBackward,
  };
}

/**
 * Time that a device waits for its host in a pass through alike layers. Whichever takes longer for a layer
 * sets the pace; only where the two take about as long do long kernels let the host catch up and short
 * ones not, so that the pass is a little longer than either. The times join as the sixth root of the sum
 * of their sixth powers: a tenth more where they are equal. The layers of measurements.csv, rows nanotron
 * and vtrainSingle, lie nearer to that than to a softer or a harder corner.
 */
function waitForHost(host: number, device: number): number {
  const hostSquare = host * host;
  const deviceSquare = device * device;
  return Math.sqrt(Math.cbrt(hostSquare ** 3 + deviceSquare ** 3)) - device;
}
