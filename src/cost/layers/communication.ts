import type {Group} from '../../cluster/group.js';
import type {ExpertGroups, Experts, LayerKind, Transformer} from '../../model/transformer.js';
import type {Bytes} from '../../units/quantities.js';
import {collectiveSeconds} from '../collective/collective.js';
import {exchangeSeconds, isFast} from '../collective/direct.js';
import {type RankWorkload, tokenCounts} from '../workload/rank-workload.js';
import {noWork, type PassWork, plus, workOf} from '../workload/work.js';
import type {RankContext} from './rank-context.js';

/** Communication of one layer of `kind` for one micro-batch. */
export function layerCommunication(rank: RankContext, kind: LayerKind): PassWork {
  let total = plus(noWork, tensorCommunication(rank), tensorBlocks(rank, kind));
  total = plus(total, contextCommunication(rank));
  return kind.experts ? plus(total, expertCommunication(rank)) : total;
}

/** Blocks of a layer that end in a row-split product and so in a sum over the tensor group. */
function tensorBlocks({model, workload}: RankContext, kind: LayerKind): number {
  if (model.norm.perLayer === 1) return 1;
  const feedForward =
    !kind.experts || workload.expertTensor > 1 || (model.experts?.sharedHiddenSize ?? 0) > 0;
  return feedForward ? 2 : 1;
}

/** Bytes of the hidden states of one micro-batch, of all ranks of the tensor group. */
export function hiddenBytes({device, model, workload}: RankContext): Bytes {
  return (tokenCounts(workload).shared * model.hiddenSize * device.activationBytes) as Bytes;
}

/**
 * One block: an all-reduce forward and one backward of the layer's output; with sequence parallelism
 * each is an all-gather and a reduce-scatter of the same volume, and the input is gathered again for
 * the weight gradient. Korthikanti et al. 2022 sec. 4.2.2.
 */
function tensorCommunication(rank: RankContext): PassWork {
  const {tensor} = rank.groups;
  if (tensor.size === 1) return noWork;
  const size = hiddenBytes(rank);
  if (!rank.workload.sequenceParallel) {
    const sum = collectiveSeconds('allReduce', size, tensor);
    return workOf({tensorForward: sum, tensorBackward: sum, forwardCalls: 1, backwardCalls: 1});
  }
  const gather = collectiveSeconds('allGather', size, tensor);
  const both = gather + collectiveSeconds('reduceScatter', size, tensor);
  return workOf({
    tensorForward: both,
    tensorBackward: both,
    tensorRegather: gather,
    forwardCalls: 2,
    backwardCalls: 3,
  });
}

/**
 * Keys and values of the whole sequence reach every context rank, and their gradients go back.
 *
 * all-gather: at once before attention (Llama 3, arXiv 2407.21783 sec. 3.3.2); ring: passed round in
 * as many pieces as there are ranks, each overlapped with the attention to the one before (Liu et al. 2023,
 * arXiv 2310.01889 sec. 3).
 */
function contextCommunication({device, model, groups: {context}, workload}: RankContext): PassWork {
  if (context.size === 1) return noWork;
  const {microBatch, sequenceLength, contextExchange} = workload;
  const size = microBatch * sequenceLength * keyValueWidth(model, workload) * device.activationBytes;
  if (contextExchange === 'ring') {
    const calls = context.size - 1;
    const pass = calls * collectiveSeconds('sendRecv', (size / context.size) as Bytes, context);
    // Keys and values go round again, and with them their gradients.
    return workOf({
      contextForward: pass,
      contextBackward: 2 * pass,
      forwardCalls: calls,
      backwardCalls: 2 * calls,
    });
  }
  const gather = collectiveSeconds('allGather', size as Bytes, context);
  const scatter = collectiveSeconds('reduceScatter', size as Bytes, context);
  return workOf({
    contextForward: gather,
    contextBackward: gather + scatter,
    forwardCalls: 1,
    backwardCalls: 2,
  });
}

/** Features of keys and values of one token on one tensor rank. */
function keyValueWidth({attention}: Transformer, {tensor}: RankWorkload): number {
  if (attention.kind === 'grouped') {
    return (
      (2 * attention.numKeyValueHeads * attention.headSize) / Math.min(tensor, attention.numKeyValueHeads)
    );
  }
  const {numHeads, nopeHeadSize, ropeHeadSize, valueHeadSize} = attention;
  return (numHeads * (nopeHeadSize + ropeHeadSize + valueHeadSize)) / tensor;
}

/** Tokens go to their experts and back: two all-to-alls forward and two backward. */
function expertCommunication({device, model, groups: {expert}, workload}: RankContext): PassWork {
  const {experts} = model;
  if (expert.size === 1 || experts === null) return noWork;
  const own = tokenCounts(workload).shared / workload.tensor;
  const values = own * experts.topK * model.hiddenSize * workload.expertImbalance;
  const exchange = (bytes: number) =>
    workload.expertDispatch === 'per-node'
      ? exchangeSeconds(
          bytes * distinctShare(expert.size, experts),
          bytes * distinctShare(domains(expert), experts),
          expert,
        )
      : collectiveSeconds('allToAll', bytes as Bytes, expert);
  // Tokens, and on the way back gradients, go to the experts; what comes back is summed, in 16 bits.
  const dispatched = exchange(values * Math.min(device.activationBytes, workload.expertDispatchBytes));
  const combined = exchange(values * device.activationBytes);
  return workOf({
    expertForward: dispatched + combined,
    expertBackward: dispatched + combined,
    forwardCalls: 2,
    backwardCalls: 2,
  });
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
