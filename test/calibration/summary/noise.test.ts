import {expect, test} from 'vitest';
import {noiseOf} from '../../../src/calibration/summary/noise.js';

const run = (configuration: string, measured: number, sweep = 'a') => ({sweep, configuration, measured});

test('runs without a repeat say nothing', () => {
  expect(noiseOf([run('x', 1), run('y', 2), run('x', 3, 'b')])).toBeNull();
});

test('two pairs, by hand', () => {
  const noise = noiseOf([run('x', 1), run('x', Math.exp(0.1)), run('y', 5), run('y', 5 * Math.exp(0.3))]);
  expect(noise).toMatchObject({runs: 4, configurations: 2});
  // Squared deviations 2 x 0.05^2 and 2 x 0.15^2, one degree of freedom each.
  expect(noise?.spread).toBeCloseTo(Math.sqrt((0.005 + 0.045) / 2));
  expect(noise?.errorFloor).toBeCloseTo(0.2 / Math.SQRT2);
});

test('normal errors: the floor is the mean absolute error of one who knows the truth', () => {
  // Inverse transform of an even grid: 400 draws of a normal distribution with deviation 0.05.
  const draws = Array.from({length: 400}, (_, i) => 0.05 * normalQuantile((i + 0.5) / 400));
  const noise = noiseOf(draws.map(draw => run('x', Math.exp(draw))));
  expect(noise?.spread).toBeCloseTo(0.05, 3);
  expect(noise?.errorFloor).toBeCloseTo(0.05 * Math.sqrt(2 / Math.PI), 3);
});

/** By bisection of the series of the normal distribution, Abramowitz and Stegun 26.2.11. */
function normalQuantile(share: number): number {
  let low = -6;
  let high = 6;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function normalShare(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 120; n += 1) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
