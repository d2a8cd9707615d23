import {describe, expect, test} from 'vitest';
import {bestBatchLaws, criticalBatchLaws} from '../../src/scaling/batch/batch-laws.js';
import {learningRateLaws} from '../../src/scaling/learning-rate/learning-rate-laws.js';
import {powerLawValue} from '../../src/scaling/power-law.js';

/** Every value against the published example, within its printed digits. */
describe('power laws give the published values', () => {
  test.each([
    ['Step Law batch of 100 B tokens', powerLawValue(bestBatchLaws['step-law'], {tokens: 100e9}), 1.11e6],
    ['Step Law batch of 1.4 T tokens', powerLawValue(bestBatchLaws['step-law'], {tokens: 1.4e12}), 5e6],
    ['Schaipp batch of 1 T tokens', powerLawValue(bestBatchLaws.schaipp, {tokens: 1e12}), 4.13e6],
    [
      'Power Lines batch of 100 B tokens',
      powerLawValue(bestBatchLaws['power-lines'], {tokens: 100e9}),
      1.02e6,
    ],
    ['Power Lines critical batch', powerLawValue(criticalBatchLaws['power-lines'], {tokens: 100e9}), 11.6e6],
    ['Kaplan critical batch at loss 3', powerLawValue(criticalBatchLaws.kaplan, {loss: 3}), 1.07e6],
    ['Kaplan critical batch at loss 2', powerLawValue(criticalBatchLaws.kaplan, {loss: 2}), 7.4e6],
    ['DeepSeek batch at 1e22', powerLawValue(bestBatchLaws.deepseek, {flop: 1e22}), 4.6e6],
    ['DeepSeek batch at 1e24', powerLawValue(bestBatchLaws.deepseek, {flop: 1e24}), 20.7e6],
    [
      'DiLoCo batch, 35 M',
      powerLawValue(bestBatchLaws['diloco-data-parallel'], {parameters: 35e6}),
      29.8 * 2048,
    ],
    [
      'DiLoCo batch, 2.4 B',
      powerLawValue(bestBatchLaws['diloco-data-parallel'], {parameters: 2.4e9}),
      97.7 * 2048,
    ],
    [
      'Step Law rate of 7 B',
      powerLawValue(learningRateLaws['step-law'], {parameters: 7e9, tokens: 1.4e12}),
      9.2e-4,
    ],
    [
      'Step Law rate of 1 B',
      powerLawValue(learningRateLaws['step-law'], {parameters: 1e9, tokens: 100e9}),
      1.63e-3,
    ],
    ['DeepSeek rate at 1e22', powerLawValue(learningRateLaws.deepseek, {flop: 1e22}), 5.5e-4],
    ['DeepSeek rate at 1e24', powerLawValue(learningRateLaws.deepseek, {flop: 1e24}), 3.1e-4],
  ])('%s', (_, value, published) => expect(Math.abs(value / published - 1)).toBeLessThan(0.03));
});

test('replicas ask for larger batches and rates', () => {
  const double = (law: (replicas: number) => number) => law(2) / law(1);
  const batch = (replicas: number) =>
    powerLawValue(bestBatchLaws['diloco-joint'], {parameters: 1e9, replicas});
  const rate = (replicas: number) =>
    powerLawValue(learningRateLaws['diloco-joint'], {parameters: 1e9, replicas});
  expect(double(batch)).toBeCloseTo(2 ** 0.3399, 10);
  expect(double(rate)).toBeCloseTo(2 ** 0.2929, 10);
});
