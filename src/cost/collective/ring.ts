import type {Crossing, Group} from '../../cluster/group.js';
import {rampedSeconds, transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';

/**
 * Rings through all members, one for each NIC that a unit's members can drive.
 *
 * Every rank sends (p-1)/p of the buffer once (twice for an all-reduce: reduce-scatter, then
 * all-gather). A unit with g members sends that much over g devices' shares. The levels work at the
 * same time, so the slowest one sets the pace, while every hop of the ring adds its latency.
 *
 * Both grow with the steps, so this is a law by step and chunk: (p-1) times what one chunk takes. Time rises with
 * the bytes but for one window of chunks, which is measured to take up to a hundred times as long.
 *
 * @see Patarasuk & Yuan 2009, "Bandwidth optimal all-reduce algorithms for clusters of workstations"
 */
export function ring(kind: CollectiveKind, bytes: number, group: Group): number {
  const passes = ringPasses(kind);
  if (passes === 0) return Infinity;
  // Below its threshold the library takes another algorithm; padded up to it a ring is never shorter than that.
  const size = kind === 'allReduce' ? Math.max(bytes, group.ringFrom) : bytes;
  const sent = kind === 'broadcast' ? size : (passes * size * (group.size - 1)) / group.size;
  const {eagerWindow} = group;
  const chunk = size / group.size;
  if (eagerWindow !== null && chunk >= eagerWindow.from && chunk <= eagerWindow.to)
    return group.start + passes * eagerWindow.pass;
  const latency = group.start + passes * group.ringLatency;
  const flagged = group.start + passes * group.flaggedRingLatency;
  let slowest = 0;
  const {crossings} = group;
  for (let i = 0; i < crossings.length; i += 1) {
    const crossing = crossings[i] as Crossing;
    const links =
      crossing.level.shape === 'torus' ? crossing.share / crossing.level.dimensions : crossing.share;
    const transfer = transferSeconds(crossing.curve, sent / crossing.rails) / links;
    if (transfer > slowest) slowest = transfer;
  }
  return Math.min(rampedSeconds(latency, slowest, group.ringRamp), flagged + slowest / flaggedBandwidth);
}

/**
 * Bandwidth of chunks that go with a flag in every word (NCCL's LL) instead of a fence after each, over that of
 * others: chunks of 16 KiB take 12 us a step where those of 128 KiB take 30 (RCCL, 16 to 512 ranks of MI250X).
 */
const flaggedBandwidth = 0.03;

/** How often the buffer goes round the ring; 0: not a ring's collective. */
export function ringPasses(kind: CollectiveKind): number {
  if (kind === 'allReduce') return 2;
  return kind === 'allGather' || kind === 'reduceScatter' || kind === 'broadcast' ? 1 : 0;
}
