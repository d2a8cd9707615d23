import type {Cluster} from '../../cluster/cluster.js';
import {spreadEvenly} from '../../cluster/even-spread.js';
import type {SoftwareStack} from '../../cluster/software-stack.js';
import type {HardwareProfile} from './hardware-profile.js';
import {devicesPerNode} from './make-hardware.js';

/** `numDevices` devices of the machine that a profile describes, running `software`. */
export function makeCluster(
  {name, accelerator, host, topology}: HardwareProfile,
  software: SoftwareStack,
  numDevices: number,
): Cluster {
  return {
    hardware: name,
    accelerator,
    host,
    topology: spreadEvenly(topology, numDevices),
    devicesPerNode: devicesPerNode(topology),
    numDevices,
    software,
  };
}
