import fc from 'fast-check';
import {expect, test} from 'vitest';
import {leastSquares} from '../../../src/calibration/fit/least-squares.js';

/** One parameter, seen as it is by some runs and `off` units away by others. */
function fitted(seen: number, others: number, off: number): number {
  const {x} = leastSquares({
    prior: [0],
    spread: [1],
    low: [-8],
    high: [8],
    weights: Array.from({length: seen + others}, () => 1),
    residuals: ([at = 0]) => [
      ...Array.from({length: seen}, () => 20 * at),
      ...Array.from({length: others}, () => 20 * at + off),
    ],
  });
  return x[0] as number;
}

test('runs of another kind move a fit less the farther off they are, and half as many never far', () => {
  fc.assert(
    fc.property(fc.integer({min: 4, max: 12}), fc.double({min: 12, max: 40, noNaN: true}), (seen, off) => {
      const others = Math.floor(seen / 2);
      expect(Math.abs(fitted(seen, others, off))).toBeLessThan(0.05);
      expect(Math.abs(fitted(seen, others, 2 * off))).toBeLessThanOrEqual(
        Math.abs(fitted(seen, others, off)) + 1e-6,
      );
    }),
  );
});

test('runs that agree move a fit to where they lie', () => {
  expect(fitted(0, 8, 4)).toBeCloseTo(-0.2, 2);
});
