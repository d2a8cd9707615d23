import {expect, test} from 'vitest';
import type {Cluster} from '../../src/cluster/cluster.js';
import {stragglerFactor} from '../../src/run/stragglers.js';

const cluster = (numDevices: number) => ({numDevices, devicesPerNode: 8}) as Cluster;

test('the slowest of a thousand devices is about 3.24 standard deviations behind', () => {
  // Expected maximum of 1000 normal deviations: 3.2414 (order statistics, tables).
  const factor = stragglerFactor({jitter: 0.01, slowNodes: 0, slowdown: 0}, cluster(1000));
  expect((factor - 1) / 0.01).toBeCloseTo(3.24, 1);
});

test('one node in 200 a tenth slower slows every step of a large job, and few of a small one', () => {
  const slow = {jitter: 0, slowNodes: 0.005, slowdown: 0.1};
  expect(stragglerFactor(slow, cluster(12_288))).toBeCloseTo(1.1, 3);
  expect(stragglerFactor(slow, cluster(8))).toBeCloseTo(1.0005, 6);
});

test('equal devices wait for nobody', () => {
  expect(stragglerFactor(null, cluster(1024))).toBe(1);
});
