import type {Cluster} from '../../cluster/cluster.js';
import {isSelective, type Recompute} from '../../layout/layout.js';
import {type ModelChunk, recomputedLayers} from '../workload/model-chunk.js';
import type {RankWorkload} from '../workload/rank-workload.js';
import {
  addTo,
  emptyWork,
  exchanges,
  noWork,
  type PassWork,
  plus,
  sumOf,
  type TermVector,
  workTerm,
  zeros,
} from '../workload/work.js';
import type {LayerCost, LayerCosts} from './layer-costs.js';

/**
 * Terms of the passes of one micro-batch, by their place in `PassTimes`, all in seconds: those of the forward
 * pass, then those of the backward pass.
 */
export const passTerm = {
  forward: 0,
  /** Time that the device waits for its host. */
  launchForward: 1,
  /** Communication that compute does not hide: see `exchanges`. */
  tensorForward: 2,
  contextForward: 3,
  expertForward: 4,
  backwardInput: 5,
  backwardWeight: 6,
  recompute: 7,
  launchBackward: 8,
  tensorBackward: 9,
  contextBackward: 10,
  expertBackward: 11,
  /**
   * No parts of the passes: the time that the host takes for the backward pass, and what the gradients of inputs
   * and of weights take on the device where they are passes by themselves, each with its communication.
   */
  hostBackward: 12,
  inputPass: 13,
  weightPass: 14,
} as const;

/** Seconds of one micro-batch through a part of the model: what the device does, and what it waits for. */
export type PassTimes = TermVector<typeof passTerm>;

/** Passes that take no time, to be summed up. */
export function emptyPassTimes() {
  return noPassTimes.slice() as typeof noPassTimes;
}

const noPassTimes = zeros(passTerm);

/** Whole forward pass, seconds. */
export function forwardSeconds(times: PassTimes): number {
  return sumOf(times, 0, passTerm.backwardInput);
}

/** Whole backward pass with what it recomputes, seconds. */
export function backwardSeconds(times: PassTimes): number {
  return sumOf(times, passTerm.backwardInput, passTerm.hostBackward);
}

/** Costs of a chunk for one micro-batch, whatever is recomputed. */
export interface ChunkCosts {
  readonly workload: RankWorkload;
  readonly layers: readonly {readonly count: number; readonly cost: Pick<LayerCost, 'work'>}[];
  readonly inLayers: PassWork;
  /** Embedding and head; null where the chunk has neither. */
  readonly embeddingAndHead: PassWork | null;
}

/** Sum of what `chunk` costs. */
export function chunkCosts(costs: LayerCosts, chunk: ModelChunk): ChunkCosts {
  const layers = chunk.layers.map(({kind, count}) => ({count, cost: costs.layer(kind)}));
  const inLayers = emptyWork();
  for (const {count, cost} of layers) addTo(inLayers, cost.work, count);
  const ends = [...(chunk.hasEmbedding ? [costs.embedding] : []), ...(chunk.hasHead ? [costs.head] : [])];
  const embeddingAndHead =
    ends.length === 0 ? null : ends.map(({work}) => work).reduce((sum, work) => plus(sum, work));
  return {workload: costs.rank.workload, layers, inLayers, embeddingAndHead};
}

/** Times of one micro-batch through a chunk. */
export function passTimes(cluster: Cluster, costs: ChunkCosts, recompute: Recompute): PassTimes {
  const {workload, layers, inLayers, embeddingAndHead} = costs;
  const repeated = emptyWork();
  let before = 0;
  for (const {count, cost} of layers) {
    const numRepeated = recomputedLayers(recompute, before, count);
    if (numRepeated > 0) addTo(repeated, cost.work, numRepeated);
    before += count;
  }
  if (isSelective(recompute)) {
    repeated[workTerm.forward] = inLayers[workTerm.selectiveForward];
    repeated[workTerm.forwardKernels] = inLayers[workTerm.selectiveKernels];
  }
  const times = overlappedTimes(cluster, workload, inLayers, repeated);
  return embeddingAndHead === null
    ? times
    : plus(times, overlappedTimes(cluster, workload, embeddingAndHead, noWork));
}

/**
 * Extra time for which a collective call inside a layer holds up its host: a library that runs rings alone
 * goes round its peers before it lets go.
 */
function ringHostSeconds({software, ringsOnly}: Cluster, {tensor}: RankWorkload): number {
  return ringsOnly ? tensor * software.ringStep : 0;
}

/** Share of tensor-parallel communication that hides when it runs in pieces along with its products. */
const asyncTensorOverlap = 0.5;

/**
 * Share of each exchange that can hide behind compute. Keys and values that are gathered are waited for whole:
 * NVIDIA/Megatron-LM at d98e8a6, megatron/core/transformer/transformer_config.py:1037.
 */
function overlapShares(
  {software: {overlap}}: Cluster,
  {asyncTensor, contextExchange}: RankWorkload,
): readonly number[] {
  return [
    asyncTensor ? Math.max(overlap.tensor, asyncTensorOverlap) : overlap.tensor,
    contextExchange === 'ring' ? overlap.context : 0,
    overlap.expert,
  ];
}

/** Times of `work` and of the forward work that the backward pass repeats, with communication behind compute. */
function overlappedTimes(
  cluster: Cluster,
  workload: RankWorkload,
  work: PassWork,
  repeated: PassWork,
): PassTimes {
  const {overlap, kernelLaunch, collectiveLaunch} = cluster.software;
  const ringHost = ringHostSeconds(cluster, workload);
  const left = 1 - overlap.computeSlowdown;
  const forward = work[workTerm.forward];
  const backwardWeight = work[workTerm.backwardWeight];
  const backward = work[workTerm.backwardInput] + backwardWeight + repeated[workTerm.forward];
  const times = emptyPassTimes();
  // The gather for the weight gradient overlaps with the product that needs it last.
  const regather = work[workTerm.tensorRegather];
  const regathered = Math.min(regather, backwardWeight);
  // Messages hide behind the compute of their pass, all together behind no more than there is.
  let forwardRoom = forward;
  let backwardRoom = backward - regathered;
  let inputRoom = backward - backwardWeight;
  let inputPass = inputRoom;
  let forwardWait = 0;
  let backwardWait = 0;
  const shares = overlapShares(cluster, workload);
  for (let kind = 0; kind < exchanges.length; kind += 1) {
    const share = shares[kind] as number;
    const sentForward = work[workTerm.tensorForward + kind] as number;
    const hiddenForward = Math.min(sentForward * share, forwardRoom);
    forwardRoom -= hiddenForward;
    const exposedForward = sentForward - left * hiddenForward;
    times[passTerm.tensorForward + kind] = exposedForward;
    forwardWait += exposedForward;
    const sentBackward =
      (work[workTerm.tensorBackward + kind] as number) + (repeated[workTerm.tensorForward + kind] as number);
    const hiddenBackward = Math.min(sentBackward * share, backwardRoom);
    backwardRoom -= hiddenBackward;
    const hiddenInput = Math.min(sentBackward * share, inputRoom);
    inputRoom -= hiddenInput;
    inputPass += sentBackward - left * hiddenInput;
    const exposedBackward = sentBackward - left * hiddenBackward + (kind === 0 ? regather - regathered : 0);
    times[passTerm.tensorBackward + kind] = exposedBackward;
    backwardWait += exposedBackward;
  }
  const call = collectiveLaunch + ringHost;
  const hostForward = work[workTerm.forwardKernels] * kernelLaunch + work[workTerm.forwardCalls] * call;
  const hostBackward =
    (work[workTerm.backwardKernels] + repeated[workTerm.forwardKernels]) * kernelLaunch +
    (work[workTerm.backwardCalls] + repeated[workTerm.forwardCalls]) * call;
  // A host that calls hold up launches nothing while messages are under way.
  const runsOn = ringHost > 0 ? 0 : 1;
  times[passTerm.forward] = forward;
  times[passTerm.backwardInput] = work[workTerm.backwardInput];
  times[passTerm.backwardWeight] = backwardWeight;
  times[passTerm.recompute] = repeated[workTerm.forward];
  times[passTerm.launchForward] = hostWait(hostForward, forward + runsOn * forwardWait);
  times[passTerm.launchBackward] = hostWait(hostBackward, backward + runsOn * backwardWait);
  times[passTerm.hostBackward] = hostBackward;
  times[passTerm.inputPass] = inputPass;
  times[passTerm.weightPass] = backwardWeight + regather - regathered;
  return times;
}

/**
 * Time that a device waits for its host in a pass through alike layers. Whichever takes longer for a layer
 * sets the pace; only where the two take about as long do long kernels let the host catch up and short
 * ones not, so that the pass is a little longer than either. The times join as the sixth root of the sum
 * of their sixth powers: a tenth more where they are equal. The layers of measurements.csv on
 * A100 and H100 are nearer to that than to a softer or a harder corner.
 */
function hostWait(host: number, device: number): number {
  return pacedSeconds(host, device) - device;
}

/** Time of a pass that both its host and its device set the pace of. */
export function pacedSeconds(host: number, device: number): number {
  const hostSquare = host * host;
  const deviceSquare = device * device;
  return Math.sqrt(Math.cbrt(hostSquare ** 3 + deviceSquare ** 3));
}
