import {describe, expect, test} from 'vitest';
import {prepareGroup} from '../../../src/cluster/group.js';
import type {TopologyLevel} from '../../../src/cluster/topology.js';
import {type CollectiveKind, collectiveKinds} from '../../../src/cost/collective/algorithm.js';
import {collectiveSeconds} from '../../../src/cost/collective/collective.js';
import {explainCollective} from '../../../src/cost/collective/explain.js';
import {ring} from '../../../src/cost/collective/ring.js';
import {bytes, bytesPerSecond, seconds} from '../../../src/units/quantities.js';
import {level, nodesOfEight} from '../../cluster/hand-cluster.js';

const axis = (size: number, stride = 1) => ({size, stride});
const noWait = {latency: seconds(0)};
const gigabyte = bytes(1e9);

/** Nodes of 8 with 100 GB/s inside and 10 GB/s a device outside, without latency. */
const nodes: {topology: readonly TopologyLevel[]; numDevices: number} = {
  topology: nodesOfEight(64).topology.map(l => ({...l, ...noWait})),
  numDevices: 64,
};
const timeOf = (kind: CollectiveKind, size: number, stride = 1, cluster = nodes) =>
  collectiveSeconds(kind, gigabyte, prepareGroup(cluster, axis(size, stride)));

describe('worked by hand, 1 GB, links of 100 and 10 GB/s, no latency', () => {
  test('all-reduce over 4 devices of a node sends 6/4 of the buffer', () => {
    expect(timeOf('allReduce', 4)).toBeCloseTo(0.015, 12);
  });

  test('a gather over two nodes is paced by eight NICs: 15/16 GB over 80 GB/s', () => {
    expect(timeOf('allGather', 16)).toBeCloseTo(15 / 16 / 80, 12);
  });

  test('with one member a node there is one NIC for each group', () => {
    expect(timeOf('reduceScatter', 8, 8)).toBeCloseTo(7 / 8 / 10, 12);
  });

  test('all-to-all sends half of the buffer out of the node over two nodes', () => {
    expect(timeOf('allToAll', 16)).toBeCloseTo(0.5 / 10, 12);
  });

  test('a message between stages of 8 tensor ranks takes one share of the NICs', () => {
    expect(timeOf('sendRecv', 4, 8)).toBeCloseTo(0.1, 12);
  });

  test('latency counts every hop of the ring, at the level that it crosses', () => {
    const group = prepareGroup(nodesOfEight(64), axis(16));
    const hops = 14 * 1e-6 + 1 * 10e-6;
    expect(ring('allGather', 1e9, group)).toBeCloseTo(hops + 15 / 16 / 80, 12);
  });

  test('a group of one takes no time', () => {
    for (const kind of collectiveKinds) expect(timeOf(kind, 1)).toBe(0);
  });
});

describe('places', () => {
  test('a tensor group that leaves the node is several times as slow', () => {
    // Over two nodes each NIC carries half of what it would over many.
    expect(timeOf('allReduce', 16)).toBeGreaterThan(1.1 * timeOf('allReduce', 8));
    expect(timeOf('allReduce', 6)).toBeGreaterThan(3 * timeOf('allReduce', 4));
  });

  test('a shared NIC is whole for one sender, and shared among the senders of a block', () => {
    const topology = [
      level('node', 8, {bandwidth: bytesPerSecond(100e9), ...noWait}),
      level('fabric', Infinity, {bandwidth: bytesPerSecond(10e9), devicesPerNic: 2, ...noWait}),
    ];
    const cluster = {topology, numDevices: 64};
    expect(timeOf('sendRecv', 64, 1, cluster)).toBeCloseTo(1 / 20, 12);
    expect(timeOf('sendRecv', 16, 4, cluster)).toBeCloseTo(1 / 10, 12);
    const idle = prepareGroup(cluster, axis(8, 8), {activeFraction: 0.25});
    expect(collectiveSeconds('allGather', gigabyte, idle)).toBeCloseTo(7 / 8 / 20, 12);
  });

  test('on a mesh a pair has one of the direct links', () => {
    const cluster = {
      topology: [level('node', 8, {shape: 'mesh', bandwidth: bytesPerSecond(70e9), ...noWait})],
      numDevices: 8,
    };
    expect(timeOf('sendRecv', 2, 1, cluster)).toBeCloseTo(1 / 10, 12);
    expect(timeOf('allGather', 8, 1, cluster)).toBeCloseTo(7 / 8 / 70, 12);
    expect(timeOf('allGather', 2, 1, cluster)).toBeCloseTo(1 / 2 / 10, 12);
  });

  test('the bandwidth of the dimensions of a torus adds up', () => {
    const cluster = {
      topology: [level('pod', Infinity, {shape: 'torus', dimensions: 3, bandwidth: bytesPerSecond(30e9)})],
      numDevices: 512,
    };
    const whole = explainCollective('allGather', gigabyte, prepareGroup(cluster, axis(512)));
    expect(whole.algorithm).toBe('torus');
    expect(whole.seconds).toBeCloseTo(3 * 7 * 1e-6 + 511 / 512 / 30, 9);
    const block = prepareGroup(cluster, axis(8)); // 2 x 2 x 2: half of the links leave it
    expect(collectiveSeconds('allGather', gigabyte, block)).toBeCloseTo(3 * 1e-6 + 7 / 8 / 15, 9);
  });
});

test('a torus described as hosts and a pod of hosts is the same torus', () => {
  const facts = {shape: 'torus', dimensions: 3, bandwidth: bytesPerSecond(30e9)} as const;
  const whole = {topology: [level('pod', 512, facts)], numDevices: 512};
  const parts = {topology: [level('host', 8, facts), level('pod', 64, facts)], numDevices: 512};
  for (const kind of collectiveKinds) {
    for (const size of [2, 8, 16, 64, 512]) {
      const time = timeOf(kind, size, 1, parts);
      if (size > 8) expect(time).toBeCloseTo(timeOf(kind, size, 1, whole), 12);
      expect(time).toBeLessThan(Infinity);
    }
  }
});

describe('the algorithm that is taken', () => {
  const far = prepareGroup(nodesOfEight(1024), axis(1024));
  const near = prepareGroup(nodesOfEight(8), axis(8));

  test('a small all-reduce over many nodes goes down a tree, a large one round a ring', () => {
    expect(explainCollective('allReduce', bytes(1e4), far).algorithm).toBe('tree');
    expect(explainCollective('allReduce', bytes(1e12), far).algorithm).toBe('ring');
  });

  test('below its threshold a ring is padded up to it, so that time does not fall where rings begin', () => {
    const threshold = 4 * 2 ** 20;
    const topology = nodesOfEight(64).topology.map(l => ({...l, ringFrom: bytes(threshold)}));
    const group = prepareGroup({topology, numDevices: 64}, axis(64));
    const from = 64 * threshold;
    expect(ring('allReduce', from / 8, group)).toBe(ring('allReduce', from, group));
    expect(ring('allReduce', 2 * from, group)).toBeGreaterThan(ring('allReduce', from, group));
    expect(ring('allGather', from / 8, group)).toBeLessThan(ring('allGather', from, group));
  });

  test('a ring between nodes pays every link between them, and fences inside them', () => {
    const topology = nodesOfEight(16).topology.map(l =>
      l.name === 'fabric' ? {...l, ringLatency: seconds(30e-6)} : l,
    );
    const across = prepareGroup({topology, numDevices: 16}, axis(16));
    const inside = prepareGroup({topology, numDevices: 16}, axis(8));
    expect(across.ringLatency).toBeCloseTo(2 * 30e-6 + 14 * 3.4e-6, 12);
    expect(inside.ringLatency).toBeCloseTo(7 * 1e-6, 12);
  });

  test('chunks in the eager window cost as much a step as was measured, shorter and longer ones do not', () => {
    const step = seconds(330e-6);
    const eagerWindow = {from: bytes(64 * 1024), to: bytes(256 * 1024), step};
    const topology = nodesOfEight(64).topology.map(l => (l.name === 'fabric' ? {...l, eagerWindow} : l));
    const group = prepareGroup({topology, numDevices: 64}, axis(64));
    const gather = (chunk: number) => collectiveSeconds('allGather', bytes(64 * chunk), group);
    expect(gather(128 * 1024)).toBeCloseTo(63 * 330e-6, 9);
    // The one law of collectives that is measured not to rise with the bytes.
    expect(gather(512 * 1024)).toBeLessThan(gather(128 * 1024) / 10);
    expect(gather(32 * 1024)).toBeLessThan(gather(512 * 1024));
  });

  test('switches that add up are used where they are', () => {
    const topology = nodesOfEight(8).topology.map(l => ({...l, inNetworkReduction: true}));
    const group = prepareGroup({topology, numDevices: 8}, axis(8));
    expect(explainCollective('allReduce', gigabyte, group).algorithm).toBe('in-network');
    expect(explainCollective('allGather', gigabyte, group).algorithm).toBe('ring');
    expect(collectiveSeconds('allReduce', gigabyte, group)).toBeLessThan(
      collectiveSeconds('allReduce', gigabyte, near),
    );
  });

  test('an explanation names the levels and the bandwidth', () => {
    const explained = explainCollective('allGather', gigabyte, prepareGroup(nodes, axis(16)));
    expect(explained.levels).toEqual(['node', 'fabric']);
    expect(explained.algorithmBandwidth).toBeCloseTo((80 * 16e9) / 15, 0);
    expect(explained.busBandwidth).toBeCloseTo(80e9, 0);
    expect(explainCollective('allGather', gigabyte, prepareGroup(nodes, axis(1))).algorithm).toBeNull();
  });

  test('every kind has an algorithm on every group', () => {
    const torus = [level('pod', Infinity, {shape: 'torus', dimensions: 3})];
    const groups = [near, far, prepareGroup({topology: torus, numDevices: 64}, axis(64))];
    for (const kind of collectiveKinds) {
      for (const group of groups) expect(collectiveSeconds(kind, gigabyte, group)).toBeLessThan(Infinity);
    }
  });
});
