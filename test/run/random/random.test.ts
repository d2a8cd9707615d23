import {expect, test} from 'vitest';
import {normalQuantile} from '../../../src/run/random/normal-quantile.js';
import {randomSource, shuffled} from '../../../src/run/random/random-source.js';

test('quantiles of the normal distribution, as tables print them', () => {
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.9)).toBeCloseTo(1.2815516, 6);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.0902323, 6);
  expect(normalQuantile(1e-6)).toBeCloseTo(-4.7534243, 5);
  expect(normalQuantile(1e-14)).toBeCloseTo(-7.6506281, 5);
});

test('random numbers are in (0, 1], evenly spread, and the same for a seed', () => {
  const draw = (seed: number) => {
    const random = randomSource(seed);
    return Array.from({length: 20_000}, random);
  };
  const values = draw(1);
  expect(draw(1)).toEqual(values);
  expect(draw(2)).not.toEqual(values);
  expect(Math.min(...values)).toBeGreaterThan(0);
  expect(Math.max(...values)).toBeLessThanOrEqual(1);
  const counts = new Array<number>(10).fill(0);
  for (const value of values) {
    const tenth = Math.min(9, Math.floor(value * 10));
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  // Chi-squared with nine degrees of freedom: 27.9 is passed once in a thousand.
  const deviation = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
  expect(deviation).toBeLessThan(27.9);
});

test('a shuffle holds every number once', () => {
  expect([...shuffled(50, randomSource(4))].sort((a, b) => a - b)).toEqual(
    Array.from({length: 50}, (_, i) => i),
  );
});
