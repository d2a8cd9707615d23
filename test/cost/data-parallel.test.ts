import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Cluster} from '../../src/cluster/cluster.js';
import {dataParallelTimes, dataParallelTransfers} from '../../src/cost/data-parallel.js';
import type {Sharding} from '../../src/layout/layout.js';
import {groupFor} from '../../src/layout/placement.js';
import {groupsFor} from '../../src/pipeline/layout-groups.js';
import {bytes, seconds} from '../../src/units/quantities.js';
import {handCluster} from '../pipeline/hand-machine.js';
import {layout as plain} from './plain-subject.js';

const layout = {...plain, data: 64};
const machine = handCluster(64);

function reduction(cluster: Cluster, bucket: number, sharding: Sharding, dense = 1e9): number {
  const software = {...cluster.software, bucket: bytes(bucket)};
  const parameters = {dense, expert: 0, largestDense: 1e8, largestExpert: 0, largestChunk: 0};
  return dataParallelTransfers(
    {...cluster, software},
    sharding,
    groupsFor((of, kind) => groupFor(cluster, of, kind), layout),
    parameters,
    2,
  ).reduce;
}

const sharding = fc.constantFrom('none', 'optimizer', 'gradients', 'parameters');

test('gradients in smaller buckets are never reduced sooner', () => {
  fc.assert(
    fc.property(
      sharding,
      fc.integer({min: 1, max: 1000}),
      fc.integer({min: 2, max: 20}),
      (kind, mega, by) => {
        const whole = reduction(machine, mega * 1e6, kind);
        expect(reduction(machine, (mega * 1e6) / by, kind)).toBeGreaterThanOrEqual(whole);
      },
    ),
  );
});

test('what buckets cost is latency: without any they cost nothing', () => {
  const still: Cluster = {
    ...machine,
    topology: machine.topology.map(level => ({
      ...level,
      latency: seconds(0),
      efficiency: [{bytes: bytes(1), fraction: 1}],
    })),
  };
  expect(reduction(still, 1e6, 'none') / reduction(still, 1e12, 'none')).toBeCloseTo(1, 6);
  expect(reduction(machine, 1e6, 'none') / reduction(machine, 1e12, 'none')).toBeGreaterThan(1.1);
});

test('gradients that a chunk adds up over its turn are scattered once a turn, behind all of its passes', () => {
  const times = (microbatchesInTurn: number) =>
    dataParallelTimes(
      machine,
      'gradients',
      {reduce: 2, gather: 0},
      {forwardSeconds: 0.5, backwardSeconds: 1, numMicrobatches: 16, microbatchesInTurn},
    ).gradientReduction;
  expect(times(16)).toBeLessThan(times(4));
  expect(times(4)).toBeLessThan(times(1));
});
