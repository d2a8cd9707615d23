import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {prepareGroup} from '../../../src/cluster/group.js';
import type {TopologyLevel} from '../../../src/cluster/topology.js';
import {collectiveKinds} from '../../../src/cost/collective/algorithm.js';
import {collectiveSeconds} from '../../../src/cost/collective/collective.js';
import {bytes, bytesPerSecond, seconds} from '../../../src/units/quantities.js';
import {level} from '../../cluster/hand-cluster.js';

const runs = {numRuns: 1500};
/** What rounding may add to a time. */
const rounding = 1 + 1e-12;

const table = fc
  .array(
    fc.record({
      bytes: fc.integer({min: 1, max: 1e9}).map(bytes),
      fraction: fc.double({min: 0.01, max: 1, noNaN: true}),
    }),
    {
      maxLength: 4,
    },
  )
  .map(points => points.sort((a, b) => a.bytes - b.bytes))
  .map(points => {
    let highest = 0;
    return points.map(point => {
      highest = Math.max(highest, point.fraction);
      return {bytes: point.bytes, fraction: highest};
    });
  });

const ramp = fc.constantFrom(0.5, 0.6, 1, 1.4, 2.5);
const wait = fc.double({min: 0, max: 1e-4, noNaN: true}).map(seconds);

const levelFacts = fc
  .record({
    start: wait,
    ringLatency: fc.option(wait),
    peerLatency: wait,
    ramp,
    ringRamp: ramp,
    exchangeRamp: ramp,
    ringFrom: fc.constantFrom(bytes(0), bytes(4 * 2 ** 20)),
    exchangeShare: fc.constantFrom(0.4, 1),
    pairShare: fc.constantFrom(0.5, 1.2),
    bandwidth: fc.double({min: 1e8, max: 1e12, noNaN: true}).map(bytesPerSecond),
    latency: fc.double({min: 0, max: 1e-4, noNaN: true}).map(seconds),
    devicesPerNic: fc.constantFrom(1, 2, 4),
    efficiency: table,
    inNetworkReduction: fc.boolean(),
    shape: fc.constantFrom('switch' as const, 'mesh' as const, 'torus' as const),
    dimensions: fc.constantFrom(2, 3),
  })
  // A message that waits for its receiver takes no less than one that does not.
  .map(facts => ({...facts, rendezvous: {from: bytes(2048), latency: seconds(4 * facts.latency)}}));

const topologies = fc
  .tuple(levelFacts, levelFacts, levelFacts, fc.constantFrom(2, 4, 6, 8), fc.constantFrom(1, 2, 4))
  .map(([inner, middle, outer, innerFan, middleFan]): TopologyLevel[] => [
    level('package', innerFan, inner),
    level('node', middleFan, middle),
    level('fabric', Number.POSITIVE_INFINITY, outer),
  ]);

const axes = fc.record({
  size: fc.constantFrom(1, 2, 3, 4, 6, 8, 16, 64),
  stride: fc.constantFrom(1, 2, 3, 4, 8, 16),
});
const kinds = fc.constantFrom(...collectiveKinds);
const messages = fc.double({min: 1, max: 1e11, noNaN: true}).map(bytes);
const numDevices = 1024;

/** The level with every wait divided. */
function quicker(l: TopologyLevel, by: number): Partial<TopologyLevel> {
  return {
    latency: seconds(l.latency / by),
    start: seconds(l.start / by),
    ringLatency: l.ringLatency === null ? null : seconds(l.ringLatency / by),
    rendezvous: l.rendezvous === null ? null : {...l.rendezvous, latency: seconds(l.rendezvous.latency / by)},
    peerLatency: seconds(l.peerLatency / by),
  };
}

describe('laws of every collective', () => {
  test('time never falls when bytes rise', () => {
    fc.assert(
      fc.property(topologies, axes, kinds, messages, messages, (topology, axis, kind, a, b) => {
        const group = prepareGroup({topology, numDevices}, axis);
        const [small, large] = a < b ? [a, b] : [b, a];
        expect(collectiveSeconds(kind, small, group)).toBeLessThanOrEqual(
          collectiveSeconds(kind, large, group) * rounding,
        );
      }),
      runs,
    );
  });

  test('time never rises when one level gets faster, by bandwidth or by latency', () => {
    const place = fc.constantFrom(0, 1, 2);
    const factor = fc.double({min: 1, max: 100, noNaN: true});
    fc.assert(
      fc.property(
        topologies,
        axes,
        kinds,
        messages,
        place,
        factor,
        factor,
        (topology, axis, kind, size, at, f, g) => {
          const faster = topology.map((l, i) =>
            i === at ? {...l, bandwidth: bytesPerSecond(l.bandwidth * f), ...quicker(l, g)} : l,
          );
          const before = collectiveSeconds(kind, size, prepareGroup({topology, numDevices}, axis));
          const after = collectiveSeconds(kind, size, prepareGroup({topology: faster, numDevices}, axis));
          expect(after).toBeLessThanOrEqual(before * rounding);
        },
      ),
      runs,
    );
  });

  test('a level of fan-out 1 changes nothing but the start of every collective', () => {
    const place = fc.constantFrom(0, 1, 2);
    fc.assert(
      fc.property(
        topologies,
        axes,
        kinds,
        messages,
        place,
        levelFacts,
        (topology, axis, kind, size, at, facts) => {
          const padded = topology.toSpliced(at, 0, level('extra', 1, {...facts, start: seconds(0)}));
          const time = collectiveSeconds(kind, size, prepareGroup({topology, numDevices}, axis));
          const same = collectiveSeconds(kind, size, prepareGroup({topology: padded, numDevices}, axis));
          expect(Math.abs(same - time)).toBeLessThanOrEqual(1e-12 * time);
        },
      ),
      runs,
    );
  });

  test('no kind is ever without an algorithm, and none is free', () => {
    fc.assert(
      fc.property(topologies, axes, kinds, messages, (topology, axis, kind, size) => {
        const time = collectiveSeconds(kind, size, prepareGroup({topology, numDevices}, axis));
        expect(Number.isFinite(time)).toBe(true);
        expect(time > 0).toBe(axis.size > 1);
      }),
      runs,
    );
  });

  test('members are never lost: units times the fullest one hold the group', () => {
    fc.assert(
      fc.property(topologies, axes, (topology, axis) => {
        const group = prepareGroup({topology, numDevices}, axis);
        expect(group.membersPerUnit.at(-1)).toBe(axis.size);
        expect(group.crossings.reduce((hops, crossing) => hops + crossing.hops, 0)).toBe(axis.size - 1);
      }),
      runs,
    );
  });
});
