import {expect, test} from 'vitest';
import {rampedSeconds, transferCurve, transferSeconds} from '../../src/cluster/transfer-curve.js';
import {bytes} from '../../src/units/quantities.js';
import {level} from './hand-cluster.js';

const curve = transferCurve(
  level('link', 8, {
    efficiency: [
      {bytes: bytes(1e3), fraction: 0.1},
      {bytes: bytes(1e5), fraction: 0.4},
    ],
  }),
);

test('the table is met at its points', () => {
  expect(transferSeconds(curve, 1e3)).toBeCloseTo(1e3 / 0.1e9, 12);
  expect(transferSeconds(curve, 1e5)).toBeCloseTo(1e5 / 0.4e9, 12);
});

test('the fraction is the geometric mean half-way in log bytes, and constant outside', () => {
  expect(1e4 / transferSeconds(curve, 1e4)).toBeCloseTo(0.2e9, 0);
  expect(10 / transferSeconds(curve, 10)).toBeCloseTo(0.1e9, 0);
  expect(1e9 / transferSeconds(curve, 1e9)).toBeCloseTo(0.4e9, 0);
});

test('a table in which a longer message would be faster is flattened', () => {
  const steep = transferCurve(
    level('link', 8, {
      efficiency: [
        {bytes: bytes(1e3), fraction: 0.01},
        {bytes: bytes(2e3), fraction: 0.8},
      ],
    }),
  );
  expect(transferSeconds(steep, 2e3)).toBeCloseTo(1e3 / 0.01e9, 12);
});

test('without a table the link runs at full bandwidth', () => {
  expect(transferSeconds(transferCurve(level('link', 8, {efficiency: []})), 5e8)).toBeCloseTo(0.5, 12);
});

test('latency and transfer add up, fill a pipeline, or hide each other, by the exponent', () => {
  expect(rampedSeconds(3, 4, 1)).toBe(7);
  expect(rampedSeconds(4, 9, 0.5)).toBe(25);
  expect(rampedSeconds(3, 4, 2)).toBeCloseTo(5, 12);
  for (const ramp of [0.5, 0.6, 1, 2.5]) {
    expect(rampedSeconds(0, 4, ramp)).toBe(4);
    expect(rampedSeconds(3, 0, ramp)).toBe(3);
  }
});
