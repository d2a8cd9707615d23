import type {LinkScale, SoftwareStack} from '../frameworks/stack.js';
import {bytesPerSecond} from '../units/quantities.js';
import type {Cluster} from './cluster.js';
import {spreadEvenly} from './even-spread.js';
import type {HardwareProfile} from './hardware-profile.js';
import {devicesPerNode, type TopologyLevel} from './topology.js';

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
    topology: reached(spreadEvenly(topology, numDevices), devicesPerNode(topology), software.linkScale),
    devicesPerNode: devicesPerNode(topology),
    numDevices,
    ringsOnly: false,
    software,
  };
}

/** Links as the collectives of a stack reach them; those of a rack that are as fast as those of a node count as its. */
function reached(
  topology: readonly TopologyLevel[],
  perNode: number,
  scale: LinkScale,
): readonly TopologyLevel[] {
  let devices = 1;
  let inNode = 0;
  return topology.map(level => {
    devices *= level.fanOut;
    if (devices <= perNode) inNode = level.bandwidth;
    const share = level.bandwidth >= inNode ? scale.node : scale.fabric;
    const scaled = (one: TopologyLevel): TopologyLevel => ({
      ...one,
      fanOut: level.fanOut,
      bandwidth: bytesPerSecond(one.bandwidth * share),
    });
    return {...scaled(level), otherStates: level.otherStates.map(scaled)};
  });
}
