import type {Group} from '../../cluster/group.js';
import {rampedSeconds, transferSeconds} from '../../cluster/transfer-curve.js';
import type {CollectiveKind} from './algorithm.js';

/**
 * One message from each member to the next one. The pair that is farthest apart counts:
 * a pipeline moves at the pace of its slowest boundary.
 */
export function pointToPoint(kind: CollectiveKind, bytes: number, group: Group): number {
  const outermost = group.crossings[group.crossings.length - 1];
  if (kind !== 'sendRecv' || outermost === undefined) return Infinity;
  const {level} = outermost;
  const transfer = transferSeconds(outermost.curve, bytes) / (outermost.pairShare * level.pairShare);
  return rampedSeconds(group.start + level.latency, transfer, level.ringRamp);
}
