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

/**
 * Bytes a second that a host's share of one device reads and writes while it updates states. A prior from one
 * figure: with DeepSpeed a 3B model on two devices and 128 cores takes 2.4 s a step, most of it the update
 * (ZeRO-Offload tutorial, on binding cores to ranks).
 */
const hostUpdateBandwidth = 25e9;

/**
 * States on the host: gradients go down and new weights come up over the device's link, and between the two
 * the host's processors update the states in its memory.
 *
 * @returns seconds
 */
export function offloadedOptimizerSeconds(cluster: Cluster, parameters: number, states: StateBytes): number {
  const transfers = (parameters * (states.gradient + states.weight)) / cluster.host.linkBandwidth;
  const traffic = parameters * (states.gradient + 2 * states.optimizer + states.weight);
  return transfers + traffic / hostUpdateBandwidth;
}
