import type {Crossing, Group} from '../../cluster/group.js';
import {transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';
import {treeDepth, treeTraffic} from './tree.js';

/**
 * Multicast loads and stores against what plain stores sustain on the same links. Large all-reduces on
 * 5 to 8 H200 and 6 to 8 B200 all sustain the same rate by the formula below, 0.83 and 0.79 of the
 * rings' (collectives.csv, SHARP table); NCCL plans with 0.85 on Hopper and newer.
 */
const multicastBandwidth = 0.82;
/** Steps of a ring that setting up the switch costs: 23 us against 3.4 us in NCCL's src/graph/tuning.cc at b647562. */
const multicastSteps = 7;

/**
 * All-reduce in which the switches add up (NVLS inside a node, SHARP between nodes).
 *
 * Each of k units has its 1/k added up by the switch out of everyone's memory, and multicasts it:
 * it sends n to be added up and n/k of sums. Levels without such a switch do a tree, all levels at once.
 */
export function inNetwork(kind: CollectiveKind, bytes: number, group: Group): number {
  if (kind !== 'allReduce' || group.ringsOnly) return Infinity;
  let latency = 0;
  let slowest = 0;
  let reduces = false;
  const {crossings} = group;
  for (let i = 0; i < crossings.length; i += 1) {
    const crossing = crossings[i] as Crossing;
    const {branching, level} = crossing;
    let transfer = 0;
    if (level.inNetworkReduction) {
      reduces = true;
      latency += multicastSteps * level.latency;
      const sent = (bytes * (branching + 1)) / branching;
      transfer =
        transferSeconds(crossing.curve, sent / crossing.rails) / (crossing.share * multicastBandwidth);
    } else {
      latency += 2 * treeDepth(branching, i) * level.latency;
      const sent = 2 * bytes * treeTraffic(branching);
      transfer = transferSeconds(crossing.curve, sent / crossing.rails) / crossing.share;
    }
    if (transfer > slowest) slowest = transfer;
  }
  return reduces ? latency + slowest : Infinity;
}
