import fc from 'fast-check';
import {expect, test} from 'vitest';
import {logScale, placeOn} from '../../../src/report/chart/log-scale.js';

test('decades where there are many, and their parts where there are few', () => {
  expect(logScale([0.02, 300])?.ticks).toEqual([0.1, 1, 10, 100]);
  expect(logScale([3, 40])?.ticks).toEqual([5, 10, 20]);
});

test('values that a logarithm does not know are left out', () => {
  expect(logScale([0, -1, Number.NaN, Number.POSITIVE_INFINITY])).toBeNull();
  expect(logScale([0, 7])).toEqual(logScale([7]));
});

test('every value has its place on the axis, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({min: 1e-9, max: 1e9, noNaN: true}), {minLength: 1}), values => {
      const scale = logScale(values)!;
      const places = [...values].sort((a, b) => a - b).map(value => placeOn(scale, value));
      for (const place of places) {
        expect(place).toBeGreaterThan(0);
        expect(place).toBeLessThan(1);
      }
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(scale.ticks.every(tick => tick >= scale.low && tick <= scale.high)).toBe(true);
    }),
  );
});
