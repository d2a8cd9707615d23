import type {Crossing, Group} from '../../cluster/group.js';
import {rampedSeconds, transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';

/**
 * Double binary tree between units, chains inside the innermost ones.
 *
 * Every unit is a leaf of one tree and an inner node of the other. Latency grows with log2(k) over k
 * units, up and down the tree.
 *
 * @see Sanders, Speck & Traeff 2009, "Two-tree algorithms for full bandwidth broadcast, reduction and scan"
 */
export function tree(kind: CollectiveKind, bytes: number, group: Group): number {
  if (group.ringsOnly || (kind !== 'allReduce' && kind !== 'broadcast')) return Infinity;
  const ways = kind === 'allReduce' ? 2 : 1;
  const {crossings} = group;
  const latency = group.start + ways * treeLatency(bytes, group);
  let slowest = 0;
  for (let i = 0; i < crossings.length; i += 1) {
    const crossing = crossings[i] as Crossing;
    const sent = bytes * ways * treeTraffic(crossing.branching);
    const transfer = transferSeconds(crossing.curve, sent / crossing.rails) / crossing.share;
    if (transfer > slowest) slowest = transfer;
  }
  return rampedSeconds(latency, slowest, group.ramp);
}

/**
 * Latency from the farthest member to the root, seconds: chains inside the domain of the fastest links, a binary
 * tree between domains. Infinity on a torus.
 */
export function treeLatency(bytes: number, {crossings}: Group): number {
  let latency = 0;
  for (let i = 0; i < crossings.length; i += 1) {
    const {level, treeHops} = crossings[i] as Crossing;
    if (level.shape === 'torus') return Infinity;
    const {rendezvous} = level;
    const waits = rendezvous !== null && bytes > rendezvous.from;
    latency += treeHops * (waits ? rendezvous.latency : level.latency);
  }
  return latency;
}

/**
 * Part of the buffer that the busiest of k units sends one way, up or down. Each tree carries half of the
 * buffer; from four units on some unit passes it to its parent, or to two children, and in the other
 * tree is a leaf; two units only swap halves.
 */
export function treeTraffic(branching: number): number {
  return Math.min(branching, 4) / 4;
}
