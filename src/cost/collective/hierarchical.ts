import type {Crossing, Group} from '../../cluster/group.js';
import {transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';

/**
 * One level after the other: reduce-scatter inside the units, all-reduce of what is left between
 * them, one ring for each rail, all-gather inside the units again.
 *
 * With g members in a unit a rail carries n/g. The levels wait for each other, so their times add up,
 * but a step outside only waits for the ring outside: fewer hops than one ring through all. Only for
 * all-reduce: NCCL and RCCL gather and scatter in flat rings, whose hops are measured to count.
 */
export function hierarchical(kind: CollectiveKind, bytes: number, group: Group): number {
  const {crossings} = group;
  if (crossings.length < 2 || group.ringsOnly || kind !== 'allReduce') return Infinity;
  let latency = 0;
  let transfer = 0;
  for (let i = 0; i < crossings.length; i += 1) {
    const crossing = crossings[i] as Crossing;
    const {branching} = crossing;
    if (crossing.level.shape === 'torus') return Infinity;
    const sent = (2 * bytes * (branching - 1)) / branching / crossing.rails;
    latency += 2 * (branching - 1) * (crossing.level.ringLatency ?? crossing.level.latency);
    transfer += transferSeconds(crossing.curve, sent) / crossing.share;
  }
  return latency + transfer;
}
