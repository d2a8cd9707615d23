import fc from 'fast-check';
import {expect, test} from 'vitest';
import {rankCorrelation} from '../../../src/calibration/summary/rank-correlation.js';

test('one order, opposite orders, no order', () => {
  expect(rankCorrelation([1, 2, 3], [10, 100, 1000])).toBeCloseTo(1);
  expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1);
  expect(rankCorrelation([5, 5, 5], [1, 2, 3])).toBe(0);
});

test('equal values share the mean of their ranks, by hand', () => {
  // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / sqrt(4.5 x 5).
  expect(rankCorrelation([1, 2, 2, 4], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5));
});

test('a rising change of either side changes nothing', () => {
  const values = fc.array(fc.tuple(fc.integer({min: 1, max: 9}), fc.integer({min: 1, max: 9})), {
    minLength: 2,
    maxLength: 12,
  });
  fc.assert(
    fc.property(values, pairs => {
      const [a, b] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
      const before = rankCorrelation(a, b);
      expect(
        rankCorrelation(
          a.map(Math.log),
          b.map(value => value ** 3),
        ),
      ).toBeCloseTo(before, 12);
      expect(rankCorrelation(b, a)).toBeCloseTo(before, 12);
      expect(Math.abs(before)).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});
