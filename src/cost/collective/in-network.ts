import type {Crossing, Group} from '../../cluster/group.js';
import {rampedSeconds, transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';
import {treeLatency, treeTraffic} from './tree.js';

/**
 * Multicast loads and stores against what plain stores sustain on the same links. Large all-reduces on
 * 5 to 8 H200 and 6 to 8 B200 all sustain the same rate by the formula below, 0.83 and 0.79 of the
 * rings' (collectives.csv, SHARP table); NCCL plans with 0.85 on Hopper and newer.
 */
const multicastBandwidth = 0.82;
/**
 * All-reduce in which the switches add up (NVLS inside a node, SHARP between nodes).
 *
 * Each of k units has its 1/k added up by the switch out of everyone's memory, and multicasts it:
 * it sends n to be added up and n/k of sums. Levels without such a switch do a tree, all levels at once.
 * Small all-reduces of 8 H100 by NVLS take as long as by chains.
 */
export function inNetwork(kind: CollectiveKind, bytes: number, group: Group): number {
  if (kind !== 'allReduce' || group.ringsOnly) return Infinity;
  const {crossings} = group;
  if (!group.inNetworkReduction) return Infinity;
  const latency = group.start + 2 * treeLatency(bytes, group);
  let slowest = 0;
  for (let i = 0; i < crossings.length; i += 1) {
    const crossing = crossings[i] as Crossing;
    const {branching, level} = crossing;
    const reduced = level.inNetworkReduction;
    const sent = bytes * (reduced ? (branching + 1) / branching : 2 * treeTraffic(branching));
    const share = reduced ? crossing.share * multicastBandwidth : crossing.share;
    const transfer = transferSeconds(crossing.curve, sent / crossing.rails) / share;
    if (transfer > slowest) slowest = transfer;
  }
  return rampedSeconds(latency, slowest, group.ramp);
}
