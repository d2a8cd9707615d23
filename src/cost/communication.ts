import type {Group} from '../cluster/group.js';
import type {ExpertGroups, Experts, LayerKind, Transformer} from '../model/transformer.js';
import type {Bytes} from '../units/quantities.js';
import {collectiveSeconds} from './collective/collective.js';
import {exchangeSeconds, isFast} from './collective/direct.js';
import type {Device} from './kernels/device.js';
import {type Shard, tokenCounts} from './shard.js';

/** Groups that a layer communicates in. */
export interface LayerGroups {
  readonly tensor: Group;
  readonly context: Group;
  readonly expert: Group;
}

/** Seconds on the wire and calls of the host, for one micro-batch. Nothing is hidden yet. */
export interface CommunicationCost {
  readonly tensorForward: number;
  readonly tensorBackward: number;
  /** Gathers in the backward pass that only the weight gradient waits for. */
  readonly tensorRegather: number;
  readonly contextForward: number;
  readonly contextBackward: number;
  readonly expertForward: number;
  readonly expertBackward: number;
  readonly forwardCalls: number;
  readonly backwardCalls: number;
}

/** Nothing to send. */
export const noCommunication: CommunicationCost = {
  tensorForward: 0,
  tensorBackward: 0,
  tensorRegather: 0,
  contextForward: 0,
  contextBackward: 0,
  expertForward: 0,
  expertBackward: 0,
  forwardCalls: 0,
  backwardCalls: 0,
};

/** `a` plus `times` times `b`. */
export function addCommunication(
  a: CommunicationCost,
  b: CommunicationCost,
  times: number,
): CommunicationCost {
  return {
    tensorForward: a.tensorForward + times * b.tensorForward,
    tensorBackward: a.tensorBackward + times * b.tensorBackward,
    tensorRegather: a.tensorRegather + times * b.tensorRegather,
    contextForward: a.contextForward + times * b.contextForward,
    contextBackward: a.contextBackward + times * b.contextBackward,
    expertForward: a.expertForward + times * b.expertForward,
    expertBackward: a.expertBackward + times * b.expertBackward,
    forwardCalls: a.forwardCalls + times * b.forwardCalls,
    backwardCalls: a.backwardCalls + times * b.backwardCalls,
  };
}

/** What one layer of `kind` sends for one micro-batch. */
export function layerCommunication(
  device: Device,
  model: Transformer,
  kind: LayerKind,
  groups: LayerGroups,
  shard: Shard,
): CommunicationCost {
  let total = noCommunication;
  total = addCommunication(
    total,
    tensorCommunication(device, model, groups.tensor, shard),
    tensorBlocks(model, kind, shard),
  );
  total = addCommunication(total, contextCommunication(device, model, groups.context, shard), 1);
  if (kind.experts)
    total = addCommunication(total, expertCommunication(device, model, groups.expert, shard), 1);
  return total;
}

/** Blocks of a layer that end in a row-split product and so in a sum over the tensor group. */
function tensorBlocks(model: Transformer, kind: LayerKind, shard: Shard): number {
  if (model.norm.perLayer === 1) return 1;
  const feedForward = !kind.experts || shard.expertTensor > 1 || (model.experts?.sharedHiddenSize ?? 0) > 0;
  return feedForward ? 2 : 1;
}

/**
 * One block: an all-reduce forward and one backward of the layer's output; with sequence parallelism
 * each is an all-gather and a reduce-scatter of the same volume, and the input is gathered again for
 * the weight gradient. Korthikanti et al. 2022 sec. 4.2.2.
 */
function tensorCommunication(
  device: Device,
  model: Transformer,
  group: Group,
  shard: Shard,
): CommunicationCost {
  if (group.size === 1) return noCommunication;
  const size = (tokenCounts(shard).shared * model.hiddenSize * device.activationBytes) as Bytes;
  if (!shard.sequenceParallel) {
    const sum = collectiveSeconds('allReduce', size, group);
    return {...noCommunication, tensorForward: sum, tensorBackward: sum, forwardCalls: 1, backwardCalls: 1};
  }
  const gather = collectiveSeconds('allGather', size, group);
  const scatter = collectiveSeconds('reduceScatter', size, group);
  return {
    ...noCommunication,
    tensorForward: gather + scatter,
    tensorBackward: gather + scatter,
    tensorRegather: gather,
    forwardCalls: 2,
    backwardCalls: 3,
  };
}

/**
 * Keys and values of the whole sequence reach every context rank, and their gradients go back.
 *
 * all-gather: at once before attention (Llama 3, arXiv 2407.21783 sec. 3.3.2); ring: passed round in
 * as many pieces as there are ranks, each beside the attention to the one before (Liu et al. 2023,
 * arXiv 2310.01889 sec. 3).
 */
function contextCommunication(
  device: Device,
  model: Transformer,
  group: Group,
  shard: Shard,
): CommunicationCost {
  if (group.size === 1) return noCommunication;
  const size = shard.microBatch * shard.sequenceLength * keyValueWidth(model, shard) * device.activationBytes;
  if (shard.contextExchange === 'ring') {
    const pass = (group.size - 1) * collectiveSeconds('sendRecv', (size / group.size) as Bytes, group);
    return {
      ...noCommunication,
      contextForward: pass,
      // Keys and values go round again, and with them their gradients.
      contextBackward: 2 * pass,
      forwardCalls: group.size - 1,
      backwardCalls: 2 * (group.size - 1),
    };
  }
  const gather = collectiveSeconds('allGather', size as Bytes, group);
  const scatter = collectiveSeconds('reduceScatter', size as Bytes, group);
  return {
    ...noCommunication,
    contextForward: gather,
    contextBackward: gather + scatter,
    forwardCalls: 1,
    backwardCalls: 2,
  };
}

/** Features of keys and values of one token on one tensor rank. */
function keyValueWidth({attention}: Transformer, {tensor}: Shard): number {
  if (attention.kind === 'grouped') {
    return (
      (2 * attention.numKeyValueHeads * attention.headSize) / Math.min(tensor, attention.numKeyValueHeads)
    );
  }
  const {numHeads, nopeHeadSize, ropeHeadSize, valueHeadSize} = attention;
  return (numHeads * (nopeHeadSize + ropeHeadSize + valueHeadSize)) / tensor;
}

/** Tokens go to their experts and back: two all-to-alls forward and two backward. */
function expertCommunication(
  device: Device,
  model: Transformer,
  group: Group,
  shard: Shard,
): CommunicationCost {
  if (group.size === 1 || model.experts === null) return noCommunication;
  const own = tokenCounts(shard).shared / shard.tensor;
  const {experts} = model;
  const values = own * experts.topK * model.hiddenSize * shard.expertImbalance;
  const exchange = (bytes: number) =>
    shard.expertDispatch === 'per-node'
      ? exchangeSeconds(
          bytes * distinctShare(group.size, experts),
          bytes * distinctShare(domains(group), experts),
          group,
        )
      : collectiveSeconds('allToAll', bytes as Bytes, group);
  // Tokens, and on the way back gradients, go to the experts; what comes back is summed, in 16 bits.
  const dispatched = exchange(values * Math.min(device.activationBytes, shard.expertDispatchBytes));
  const combined = exchange(values * device.activationBytes);
  return {
    ...noCommunication,
    expertForward: dispatched + combined,
    expertBackward: dispatched + combined,
    forwardCalls: 2,
    backwardCalls: 2,
  };
}

/**
 * Distinct places of `places` that hold a token's experts, over the experts, were they drawn at random
 * from those that its groups leave: a place gets one copy for all of its experts.
 * DeepSeek-V3, arXiv 2412.19437 sec. 3.2.2.
 */
function distinctShare(places: number, {topK, groups}: Experts): number {
  const open = groups === undefined ? places : openPlaces(places, groups);
  return (open * (1 - (1 - 1 / open) ** topK)) / topK;
}

/** Places that hold the groups which a token has chosen. */
function openPlaces(places: number, {count, chosen}: ExpertGroups): number {
  return places >= count ? (places * chosen) / count : Math.min(places, chosen);
}

/** Sets of ranks that reach each other over the fastest links of the group. */
function domains(group: Group): number {
  const within = group.crossings.filter(crossing => isFast(group, crossing)).at(-1)?.members ?? 1;
  return Math.max(1, Math.round(group.size / within));
}
