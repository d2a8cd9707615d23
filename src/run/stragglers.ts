import type {Cluster} from '../cluster/cluster.js';
import type {Stragglers} from '../plan/operation.js';
import {normalQuantile} from './random/normal-quantile.js';

/**
 * Step time over that of equal devices: a synchronous step waits for the slowest.
 *
 * The largest of n normal deviations is taken at its median rank (n - pi/8) / (n - pi/4 + 1) (Blom 1958,
 * recalled); a slow node is there with probability 1 - (1 - p)^nodes.
 */
export function stragglerFactor(
  stragglers: Stragglers | null,
  {numDevices, devicesPerNode}: Cluster,
): number {
  if (stragglers === null) return 1;
  const {jitter, slowNodes, slowdown} = stragglers;
  const slowest =
    numDevices === 1 ? 0 : normalQuantile((numDevices - Math.PI / 8) / (numDevices - Math.PI / 4 + 1));
  const nodes = Math.ceil(numDevices / devicesPerNode);
  return (1 + jitter * slowest) * (1 + slowdown * (1 - (1 - slowNodes) ** nodes));
}
