import fc from 'fast-check';
import {expect, test} from 'vitest';
import {withMeasuredNetwork} from '../../../src/calibration/rows/measured-network.js';
import type {Cluster} from '../../../src/cluster/cluster.js';
import {prepareGroup} from '../../../src/cluster/group.js';
import {explainCollective} from '../../../src/cost/collective/explain.js';
import {bytes, seconds} from '../../../src/units/quantities.js';
import {handCluster} from '../../pipeline/hand-machine.js';

/** Many nodes whose rings take long to hand on their chunks. */
const machine: Cluster = {
  ...handCluster(256),
  topology: handCluster(256).topology.map(level =>
    level.name === 'fabric' ? {...level, ringLatency: seconds(300e-6)} : level,
  ),
};

function allReduce(cluster: Cluster): number {
  const group = prepareGroup(cluster, {size: cluster.numDevices, stride: 1});
  return explainCollective('allReduce', bytes(256e6), group).busBandwidth;
}

const best = allReduce(machine);
const rings = allReduce({...machine, ringsOnly: true});
const measured = (everywhere: number, cluster = machine) =>
  withMeasuredNetwork(cluster, {everywhere, inNode: null});

test('a congested network gives the all-reduce that its job measured', () => {
  fc.assert(
    fc.property(fc.double({min: 0.75, max: 1, noNaN: true}), share => {
      expect(allReduce(measured(share * best)) / (share * best)).toBeCloseTo(1, 2);
    }),
  );
});

test('an all-reduce nearer to that of rings than to the best is one by rings, and stays one', () => {
  expect(rings).toBeLessThan(0.3 * best);
  expect(measured(1.2 * rings).ringsOnly).toBe(true);
  expect(measured(0.9 * best).ringsOnly).toBe(false);
  expect(allReduce(measured(0.8 * rings)) / (0.8 * rings)).toBeCloseTo(1, 1);
});

test('what a training step reaches of its links has no say in what a benchmark of them shows', () => {
  const half = {...machine, software: {...machine.software, linkScale: {node: 1, fabric: 0.5}}};
  // The machine comes with its links as the stack reaches them.
  const reached: Cluster = {
    ...half,
    topology: half.topology.map(level =>
      level.name === 'fabric'
        ? {...level, bandwidth: (0.5 * level.bandwidth) as typeof level.bandwidth}
        : level,
    ),
  };
  const whole = measured(0.9 * best);
  const shared = measured(0.9 * best, reached);
  expect(shared.ringsOnly).toBe(whole.ringsOnly);
  expect(shared.topology.at(-1)?.bandwidth).toBeCloseTo(0.5 * (whole.topology.at(-1)?.bandwidth ?? 0), -3);
});
