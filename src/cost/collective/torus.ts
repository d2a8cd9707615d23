import type {Crossing, Group} from '../../cluster/group.js';
import {transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';
import {ringPasses} from './ring.js';

/**
 * Rings along every dimension of a torus at once: the buffer is cut into as many parts, each goes
 * through the dimensions in another order, so that the bandwidth of the dimensions adds up, and a
 * pass takes the sum of the sides instead of their product in steps.
 *
 * Levels above or below the torus take part as in a ring.
 *
 * @see Jouppi et al. 2023, "TPU v4", section 7.2 (all-reduce on a 3D torus)
 */
export function torus(kind: CollectiveKind, bytes: number, group: Group): number {
  const passes = ringPasses(kind);
  if (passes === 0) return Infinity;
  const sent = kind === 'broadcast' ? bytes : (passes * bytes * (group.size - 1)) / group.size;
  let latency = 0;
  let slowest = 0;
  let hasTorus = false;
  const {crossings} = group;
  for (let i = 0; i < crossings.length; i += 1) {
    const crossing = crossings[i] as Crossing;
    const isTorus = crossing.level.shape === 'torus';
    hasTorus ||= isTorus;
    latency += passes * (isTorus ? crossing.torusSteps : crossing.hops) * crossing.level.latency;
    const links = isTorus
      ? (crossing.share * crossing.dimensions) / crossing.level.dimensions
      : crossing.share;
    const transfer = transferSeconds(crossing.curve, sent / crossing.rails) / links;
    if (transfer > slowest) slowest = transfer;
  }
  return hasTorus ? latency + slowest : Infinity;
}
