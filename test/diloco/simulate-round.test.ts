import fc from 'fast-check';
import {expect, test} from 'vitest';
import {outerTraffic} from '../../src/diloco/outer-reduction.js';
import {type OuterRound, simulateRound} from '../../src/diloco/simulate-round.js';
import {wholeModelRoundSeconds} from './whole-model-round.js';

const seconds = fc.double({min: 0.01, max: 100, noNaN: true});
const rounds: fc.Arbitrary<OuterRound> = fc
  .record({
    numLayers: fc.integer({min: 1, max: 24}),
    forward: seconds,
    backward: seconds,
    innerSteps: fc.integer({min: 1, max: 40}),
    fragments: fc.integer({min: 1, max: 24}),
    overlapSteps: fc.integer({min: 0, max: 20}),
    reduction: fc.double({min: 0, max: 1000, noNaN: true}),
    latency: fc.double({min: 0, max: 1, noNaN: true}),
  })
  .map(round => ({
    ...round,
    fragments: Math.min(round.fragments, round.innerSteps, round.numLayers),
    overlapSteps: Math.min(round.overlapSteps, round.innerSteps - 1),
  }));

test('a round without streaming takes what the closed form says', () => {
  fc.assert(
    fc.property(rounds, round => {
      const whole = {...round, fragments: 1, overlapSteps: 0};
      expect(simulateRound(whole).seconds / wholeModelRoundSeconds(whole)).toBeCloseTo(1, 9);
    }),
  );
});

test('a round takes no less than its inner steps, and no less than its reductions', () => {
  fc.assert(
    fc.property(rounds, round => {
      const {seconds: taken, linkSeconds, computeUtilization} = simulateRound(round);
      expect(taken).toBeGreaterThanOrEqual(round.innerSteps * (round.forward + round.backward) * (1 - 1e-9));
      expect(taken).toBeGreaterThanOrEqual(linkSeconds * (1 - 1e-6));
      expect(computeUtilization).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
});

test('a faster link never makes a round longer', () => {
  fc.assert(
    fc.property(rounds, round => {
      const faster = simulateRound({...round, reduction: round.reduction / 2}).seconds;
      expect(faster).toBeLessThanOrEqual(simulateRound(round).seconds * (1 + 1e-9));
    }),
  );
});

/*
 * Two layers, 1 s forward and 1 s backward each, two steps a round, 3 s of link a layer: the second layer
 * is sent at 7 s (after its backward pass in step two) and arrives at 10 s, the first one at 13 s, when the
 * round that had 8 s of steps can go on.
 */
test('a round worked by hand', () => {
  const round = {
    numLayers: 2,
    forward: 2,
    backward: 2,
    innerSteps: 2,
    overlapSteps: 0,
    reduction: 6,
    latency: 0,
  };
  expect(simulateRound({...round, fragments: 1}).seconds).toBe(13);
  expect(simulateRound({...round, fragments: 1, overlapSteps: 1}).seconds).toBe(9);
});

test('one replica sends nothing; two send the model once', () => {
  expect(outerTraffic({parameters: 1e9, replicas: 1, bits: 32})).toBe(0);
  expect(outerTraffic({parameters: 1e9, replicas: 2, bits: 16})).toBe(2e9);
  expect(outerTraffic({parameters: 1e9, replicas: 8, bits: 4})).toBe(1.75 * 0.5 * 1e9);
});
