import type {Crossing, Group} from '../../cluster/group.js';
import {transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';

/**
 * Rings through all members, one for each NIC that a unit's members can drive.
 *
 * Every rank sends (p-1)/p of the buffer once (twice for an all-reduce: reduce-scatter, then
 * all-gather). A unit with g members sends that much over g devices' shares. The levels work at the
 * same time, so the slowest one sets the pace, while every hop of the ring adds its latency.
 *
 * @see Patarasuk & Yuan 2009, "Bandwidth optimal all-reduce algorithms for clusters of workstations"
 * @see NVIDIA/nccl src/graph/tuning.cc at b647562: nsteps, nInterSteps
 */
export function ring(kind: CollectiveKind, bytes: number, group: Group): number {
  const passes = ringPasses(kind);
  if (passes === 0) return Infinity;
  const sent = kind === 'broadcast' ? bytes : (passes * bytes * (group.size - 1)) / group.size;
  let latency = 0;
  let slowest = 0;
  const {crossings} = group;
  for (let i = 0; i < crossings.length; i += 1) {
    const crossing = crossings[i] as Crossing;
    latency += passes * hopsLatency(crossing);
    const links =
      crossing.level.shape === 'torus' ? crossing.share / crossing.level.dimensions : crossing.share;
    const transfer = transferSeconds(crossing.curve, sent / crossing.rails) / links;
    if (transfer > slowest) slowest = transfer;
  }
  return latency + slowest;
}

/** How often the buffer goes round the ring; 0: not a ring's collective. */
export function ringPasses(kind: CollectiveKind): number {
  if (kind === 'allReduce') return 2;
  return kind === 'allGather' || kind === 'reduceScatter' || kind === 'broadcast' ? 1 : 0;
}

/**
 * What the hops of one pass add. Where handing on takes the time, every link between units counts, the one
 * that closes the ring as well: with several members in a unit some chunk goes over all of them.
 */
function hopsLatency({level, hops, branching, rails}: Crossing): number {
  if (level.ringLatency === undefined) return hops * level.latency;
  return (rails > 1 ? branching : hops) * level.ringLatency;
}
