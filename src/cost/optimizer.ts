import type {Cluster} from '../cluster/cluster.js';
import type {Device} from './kernels/device.js';
import {streamSeconds} from './kernels/gemm.js';
import type {StateBytes} from './memory/model-states.js';

/** Passes over gradients and states that an optimizer without a fused kernel makes. */
const separatePasses = 3;

/**
 * Time of the update of `parameters` on one device: gradients are read for their norm and again for
 * the update, states are read and written, the working copy is written.
 */
export function optimizerSeconds(
  cluster: Cluster,
  device: Device,
  parameters: number,
  states: StateBytes,
): number {
  const traffic = parameters * (2 * states.gradient + 2 * states.optimizer + states.weight);
  return streamSeconds(device, cluster.software.fused.optimizer ? traffic : separatePasses * traffic);
}

/** States on the host: gradients go down and new weights come up over the device's link. @returns seconds */
export function offloadedOptimizerSeconds(cluster: Cluster, parameters: number, states: StateBytes): number {
  return (parameters * (states.gradient + states.weight)) / cluster.host.linkBandwidth;
}
