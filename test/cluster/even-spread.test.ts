import {expect, test} from 'vitest';
import {spreadEvenly} from '../../src/cluster/even-spread.js';
import {level} from './hand-cluster.js';

const racks = [level('node', 4), level('rack', 18), level('fabric', Infinity)];

test.each([
  [256, 16],
  [512, 16],
  [1024, 16],
  [64, 16],
  [72, 18],
  [144, 18],
])('a job of %i on racks of 72 takes %i trays of each', (numDevices, trays) => {
  expect(spreadEvenly(racks, numDevices).map(({fanOut}) => fanOut)).toEqual([4, trays, Infinity]);
});

test('part of one node is a smaller node', () => {
  const nodes = [level('node', 8), level('fabric', Infinity)];
  expect(spreadEvenly(nodes, 4).map(({fanOut}) => fanOut)).toEqual([4, Infinity]);
  expect(spreadEvenly(nodes, 1024)).toEqual(nodes);
});

test('a job that no even split fits keeps the topology as it is', () => {
  const nodes = [level('node', 8), level('fabric', Infinity)];
  expect(spreadEvenly(nodes, 13)).toEqual(nodes);
});
