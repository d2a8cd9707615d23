import {expect, test} from 'vitest';
import {
  bestWeightDecay,
  dilocoWeightDecay,
  powerLinesTimescale,
} from '../../../src/scaling/learning-rate/weight-decay.js';
import {powerLawValue} from '../../../src/scaling/power-law.js';

test.each([
  [20, 0.224],
  [200, 0.0664],
  [1000, 0.0285],
])('at %d tokens a parameter AdamW averages over %d of the training', (tokensPerParameter, share) => {
  expect(powerLawValue(powerLinesTimescale, {tokensPerParameter})).toBeCloseTo(share, 3);
});

test('the weight decay gives that timescale', () => {
  const run = {parameters: 1e9, tokens: 20e9, batch: 1e6, learningRate: 1e-3};
  const timescale = run.batch / (run.learningRate * bestWeightDecay(run) * run.tokens);
  expect(timescale).toBeCloseTo(1.084 * 20 ** -0.527, 10);
});

test('DiLoCo decays by the inverse of its inner steps, as its rate was measured with', () => {
  expect(dilocoWeightDecay(20_000)).toBe(5e-5);
});
