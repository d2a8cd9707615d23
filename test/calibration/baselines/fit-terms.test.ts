import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fitTerms, type SummedRun, sumOfTerms} from '../../../src/calibration/baselines/fit-terms.js';

const runs = (coefficients: readonly number[], terms: readonly (readonly number[])[]): SummedRun[] =>
  terms.map(own => ({terms: own, measured: sumOfTerms(own, coefficients)}));

const errorOf = (coefficients: readonly number[], data: readonly SummedRun[]) =>
  data.reduce((sum, {terms, measured}) => sum + Math.abs(sumOfTerms(terms, coefficients) / measured - 1), 0);

test('coefficients that made the times are found again', () => {
  const terms = [
    [1, 2, 9],
    [1, 5, 3],
    [1, 7, 1],
    [1, 1, 4],
  ];
  const fitted = fitTerms(runs([0.5, 2, 0.25], terms));
  for (const [i, coefficient] of [0.5, 2, 0.25].entries()) expect(fitted[i]).toBeCloseTo(coefficient, 4);
});

test('one run that is far off moves nothing', () => {
  const good = runs(
    [2],
    Array.from({length: 9}, (_, i) => [i + 1]),
  );
  expect(fitTerms([...good, {terms: [1], measured: 50}])[0]).toBeCloseTo(2, 2);
});

test('no coefficient falls below zero, and none nearby is better', () => {
  const run = fc.record({
    terms: fc.tuple(fc.constant(1), fc.double({min: 0.1, max: 10, noNaN: true})),
    measured: fc.double({min: 0.1, max: 10, noNaN: true}),
  });
  fc.assert(
    fc.property(fc.array(run, {minLength: 6, maxLength: 12}), data => {
      const fitted = fitTerms(data);
      for (const coefficient of fitted) expect(coefficient).toBeGreaterThanOrEqual(0);
      const least = errorOf(fitted, data);
      // Reweighting stops a little before the least sum.
      for (const factor of [0.5, 2]) {
        expect(least).toBeLessThan(
          1.1 *
            errorOf(
              fitted.map(value => value * factor),
              data,
            ) +
            0.1,
        );
      }
    }),
    {numRuns: 50},
  );
});
