import type {Crossing, Group} from '../../cluster/group.js';
import {transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';
import {protocolSeconds} from './protocol.js';

/** A tree reaches this part of a ring's bandwidth: NVIDIA/nccl src/graph/tuning.cc at b647562, `busBw*.92`. */
const treeBandwidth = 0.92;

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
  let latency = 0;
  let slowest = 0;
  const {crossings} = group;
  for (let i = 0; i < crossings.length; i += 1) {
    const crossing = crossings[i] as Crossing;
    if (crossing.level.shape === 'torus') return Infinity;
    const {branching} = crossing;
    latency += ways * treeDepth(branching, i) * crossing.level.latency;
    const sent = bytes * ways * treeTraffic(branching);
    const transfer =
      transferSeconds(crossing.curve, sent / crossing.rails) / (crossing.share * treeBandwidth);
    if (transfer > slowest) slowest = transfer;
  }
  return protocolSeconds(latency, slowest);
}

/** Hops from the farthest unit to the root: a chain on the innermost level, a binary tree on the others. */
export function treeDepth(branching: number, place: number): number {
  return place === 0 ? branching - 1 : Math.ceil(Math.log2(branching));
}

/**
 * Part of the buffer that the busiest of k units sends one way, up or down. Each tree carries half of the
 * buffer; from four units on some unit passes it to its parent, or to two children, and in the other
 * tree is a leaf; two units only swap halves.
 */
export function treeTraffic(branching: number): number {
  return Math.min(branching, 4) / 4;
}
