import {expect, test} from 'vitest';
import {inNetworkState, otherNetworkStates} from '../../src/cluster/network-state.js';
import {bytesPerSecond} from '../../src/units/quantities.js';
import {handCluster} from '../pipeline/hand-machine.js';
import {level} from './hand-cluster.js';

const sockets = level('fabric', Infinity, {bandwidth: bytesPerSecond(1e9), state: 'sockets'});
const cluster = {
  ...handCluster(64),
  topology: handCluster(64).topology.map(l =>
    l.name === 'fabric' ? {...l, state: 'rendezvous', otherStates: [sockets]} : l,
  ),
};

test('a cluster names the other states of its network, and takes one of them on every level that has it', () => {
  expect(otherNetworkStates(cluster)).toEqual(['sockets']);
  expect(otherNetworkStates(handCluster(64))).toEqual([]);
  const changed = inNetworkState(cluster, 'sockets');
  expect(changed.topology[0]).toBe(cluster.topology[0]);
  expect(changed.topology[1]).toBe(sockets);
});
