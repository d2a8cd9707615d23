import type {Group} from '../../cluster/group.js';
import type {Bytes, Seconds} from '../../units/quantities.js';
import type {CollectiveAlgorithm, CollectiveKind} from './algorithm.js';
import {direct} from './direct.js';
import {inNetwork} from './in-network.js';
import {pointToPoint} from './point-to-point.js';
import {ring} from './ring.js';
import {torus} from './torus.js';
import {tree} from './tree.js';

/** Every algorithm that a communication library may choose from. */
export const collectiveAlgorithms = {
  ring,
  tree,
  'in-network': inNetwork,
  torus,
  direct,
  'point-to-point': pointToPoint,
} as const satisfies Record<string, CollectiveAlgorithm>;
export type CollectiveAlgorithmName = keyof typeof collectiveAlgorithms;

const candidates: readonly CollectiveAlgorithm[] = Object.values(collectiveAlgorithms);

/**
 * Time of a collective by the fastest algorithm; 0 for a group of one.
 *
 * @param bytes see `CollectiveKind`
 */
export function collectiveSeconds(kind: CollectiveKind, bytes: Bytes, group: Group): Seconds {
  if (group.size === 1 || bytes === 0) return 0 as Seconds;
  let best = Infinity;
  for (let i = 0; i < candidates.length; i += 1) {
    const time = (candidates[i] as CollectiveAlgorithm)(kind, bytes, group);
    if (time < best) best = time;
  }
  return best as Seconds;
}
