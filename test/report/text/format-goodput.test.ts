import {expect, test} from 'vitest';
import {formatGoodputBand} from '../../../src/report/text/format-goodput.js';

const band = (p10: number, p90: number) => ({p10, p50: (p10 + p90) / 2, p90});

test('a mean inside its band stands beside it', () => {
  expect(formatGoodputBand({goodput: 0.98, goodputBand: band(0.97, 0.986)})).toBe('(97 % to 98.6 %)');
});

test('a mean that rare failures draw below what most runs have says so', () => {
  expect(formatGoodputBand({goodput: 0.997, goodputBand: band(0.998, 0.998)})).toBe('(99.8 % for most)');
  expect(formatGoodputBand({goodput: 0.99, goodputBand: band(0.995, 0.999)})).toBe(
    '(99.5 % to 99.9 % for most)',
  );
});
