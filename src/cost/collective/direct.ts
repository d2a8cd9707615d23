import type {Crossing, Group} from '../../cluster/group.js';
import {rampedSeconds, transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';

/** Start of kernels that send and receive by pairs over that of others: 2 to 8 GPUs of six kinds (ai-dynamo/aiconfigurator at 095f58a). */
const pairedStart = 1.35;

/**
 * All-to-all: every rank sends 1/p of what it holds straight to every other one.
 *
 * Members outside the own unit are reached over the outer level, (p-m)/p of the buffer for m members
 * in the unit; each device sends its own over its own share of the NICs, all levels at once.
 */
export function direct(kind: CollectiveKind, bytes: number, group: Group): number {
  return kind === 'allToAll' ? exchangeSeconds(bytes, bytes, group) : Infinity;
}

/**
 * The same where fewer bytes leave the innermost links than stay on them, as when one copy goes to all
 * ranks of a node.
 *
 * @param near what one rank holds for others over its fastest links; @param far over all slower ones
 */
export function exchangeSeconds(near: number, far: number, group: Group): number {
  const {crossings, size} = group;
  const last = crossings.length - 1;
  let latency = pairedStart * group.start;
  for (let i = 0; i <= last; i += 1) {
    const crossing = crossings[i] as Crossing;
    const {level} = crossing;
    latency += Math.max(level.latency, peersAcross(crossing, i === last, size) * level.peerLatency);
  }
  let slowest = 0;
  for (let i = 0; i <= last; i += 1) {
    const crossing = crossings[i] as Crossing;
    const {level} = crossing;
    const sent = ((isFast(group, crossing) ? near : far) * peersAcross(crossing, i === last, size)) / size;
    const share = crossing.share * level.exchangeShare;
    const transfer = (transferSeconds(crossing.curve, sent) * torusDetour(crossing)) / share;
    if (transfer > slowest) slowest = transfer;
  }
  return rampedSeconds(latency, slowest, group.exchangeRamp);
}

/** Links of packages, nodes and racks lie within a factor of four of each other; networks are slower than that. */
const slowestFast = 0.25;

/** Whether a level counts with the innermost one that the group crosses: racks of NVLink do, networks do not. */
export function isFast({crossings}: Group, {level}: Crossing): boolean {
  return level.bandwidth >= slowestFast * (crossings[0] as Crossing).level.bandwidth;
}

/** Peers that are reached over this level: all beyond the own unit of the level below. */
function peersAcross(crossing: Crossing, isOutermost: boolean, size: number): number {
  return isOutermost ? size - crossing.rails : crossing.members - crossing.membersBelow;
}

/**
 * Links that a byte occupies on a torus, over those that the device has in the dimensions used:
 * a quarter of the ring in each dimension on average.
 */
function torusDetour(crossing: Crossing): number {
  if (crossing.level.shape !== 'torus') return 1;
  const side = crossing.torusSteps / crossing.dimensions + 1;
  return (Math.max(1, side / 4) * crossing.level.dimensions) / crossing.dimensions;
}
