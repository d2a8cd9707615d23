import {expect, test} from 'vitest';
import {accuracyOf} from '../../src/calibration/accuracy.js';

test('the accuracy of four predictions, by hand', () => {
  const pairs = [11, 8, 10, 13].map(predicted => ({measured: 10, predicted}));
  const accuracy = accuracyOf(pairs);
  expect(accuracy?.count).toBe(4);
  expect(accuracy?.meanAbsoluteError).toBeCloseTo(0.15);
  expect(accuracy?.medianAbsoluteError).toBeCloseTo(0.15);
  // Errors 0, 0.1, 0.2, 0.3: nine tenths of the way along is 0.7 of the way from 0.2 to 0.3.
  expect(accuracy?.p90AbsoluteError).toBeCloseTo(0.27);
  expect(accuracy?.bias).toBeCloseTo(0.05);
  expect(accuracy?.worstAbsoluteError).toBeCloseTo(0.3);
  expect(accuracyOf([])).toBeNull();
});
