import fc from 'fast-check';
import {expect, test} from 'vitest';
import {dilocoLossRatio, dilocoLossRatioOutsideRange} from '../../../src/scaling/diloco/loss-ratio.js';

// Charles et al. 2025, Tables 4 and 5.
test.each([
  [35e6, 8, 3.621 / 3.485],
  [1.3e9, 4, 2.472 / 2.46],
  [2.4e9, 1, 2.317 / 2.326],
  [10e9, 2, 2.086 / 2.09],
])('%d parameters, %d replicas, 30 steps: the printed ratio', (parameters, replicas, ratio) => {
  expect(dilocoLossRatio({parameters, replicas, innerSteps: 30})).toBeCloseTo(ratio, 12);
});

// Douillard et al. 2025, Tables 5 and 6: losses at 30 and 100 steps, printed with two decimals.
test.each([
  [1e9, 2, 2.48, 2.5],
  [500e6, 4, 2.7, 2.73],
  [35e6, 4, 3.6, 3.64],
])('%d parameters, %d replicas: what 100 steps add to 30', (parameters, replicas, short, long) => {
  const run = {parameters, replicas};
  const added = dilocoLossRatio({...run, innerSteps: 100}) / dilocoLossRatio({...run, innerSteps: 30});
  expect(Math.abs(short * added - long)).toBeLessThan(0.0101);
});

test('more replicas and rarer synchronisations cost loss at every size', () => {
  const size = fc.double({min: 7, max: 10.5, noNaN: true}).map(power => 10 ** power);
  fc.assert(
    fc.property(
      size,
      fc.constantFrom(1, 2, 3, 4, 6),
      fc.integer({min: 30, max: 150}),
      (parameters, replicas, steps) => {
        const run = {parameters, replicas, innerSteps: steps};
        const ratio = dilocoLossRatio(run);
        expect(ratio).toBeGreaterThan(0.99);
        expect(ratio).toBeLessThan(1.06);
        expect(dilocoLossRatio({...run, replicas: replicas + 1})).toBeGreaterThanOrEqual(ratio - 5e-4);
        expect(dilocoLossRatio({...run, innerSteps: 2 * steps})).toBeGreaterThanOrEqual(ratio);
      },
    ),
  );
});

test('a run beyond the measured ones is told so', () => {
  expect(dilocoLossRatioOutsideRange({parameters: 1e9, replicas: 2, innerSteps: 100})).toEqual([]);
  expect(dilocoLossRatioOutsideRange({parameters: 70e9, replicas: 16, innerSteps: 500})).toHaveLength(3);
});
