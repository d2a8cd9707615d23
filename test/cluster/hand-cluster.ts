import {plainCollectives, type TopologyLevel} from '../../src/cluster/topology.js';
import {bytes, bytesPerSecond, seconds} from '../../src/units/quantities.js';

/** A level for tests: round figures, full efficiency, a switch with one NIC a device. */
export function level(name: string, fanOut: number, facts: Partial<TopologyLevel> = {}): TopologyLevel {
  return {
    ...plainCollectives,
    name,
    fanOut,
    bandwidth: bytesPerSecond(1e9),
    latency: seconds(1e-6),
    devicesPerNic: 1,
    efficiency: [{bytes: bytes(1), fraction: 1}],
    inNetworkReduction: false,
    shape: 'switch',
    state: null,
    otherStates: [],
    dimensions: 1,
    ...facts,
  };
}

/** Nodes of 8 devices with 100 GB/s links between them and 10 GB/s a device out of the node. */
export function nodesOfEight(numDevices: number): {topology: readonly TopologyLevel[]; numDevices: number} {
  return {
    topology: [
      level('node', 8, {bandwidth: bytesPerSecond(100e9)}),
      level('fabric', Infinity, {bandwidth: bytesPerSecond(10e9), latency: seconds(10e-6)}),
    ],
    numDevices,
  };
}
