import type {Cluster} from '../cluster/cluster.js';

/**
 * What is left of moving one micro-batch's activations to the host and back, when both run beside compute.
 *
 * @param bytes kept by the layers of a stage for one micro-batch
 * @returns exposed seconds for one micro-batch
 */
export function offloadedActivationSeconds(
  {host}: Cluster,
  bytes: number,
  {forwardSeconds, backwardSeconds}: {readonly forwardSeconds: number; readonly backwardSeconds: number},
): number {
  const transfer = bytes / host.linkBandwidth;
  return Math.max(0, transfer - forwardSeconds) + Math.max(0, transfer - backwardSeconds);
}
