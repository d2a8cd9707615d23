import type {Crossing, Group} from '../../cluster/group.js';
import {rampedSeconds, transferSeconds} from '../../cluster/transfer-curve.js';
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
  const {crossings} = group;
  let latency: number = group.start;
  let hasTorus = false;
  for (let i = 0; i < crossings.length; i += 1) {
    const {level, torusSteps, hops} = crossings[i] as Crossing;
    const isTorus = level.shape === 'torus';
    hasTorus ||= isTorus;
    latency += passes * (isTorus ? torusSteps : hops) * level.latency;
  }
  if (!hasTorus) return Infinity;
  let slowest = 0;
  for (let i = 0; i < crossings.length; i += 1) {
    const crossing = crossings[i] as Crossing;
    const {level} = crossing;
    const links =
      level.shape === 'torus' ? (crossing.share * crossing.dimensions) / level.dimensions : crossing.share;
    const transfer = transferSeconds(crossing.curve, sent / crossing.rails) / links;
    if (transfer > slowest) slowest = transfer;
  }
  return rampedSeconds(latency, slowest, group.ringRamp);
}
