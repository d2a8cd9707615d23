import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
  formatBandwidth,
  formatBinaryBytes,
  formatBytes,
  formatCount,
  formatEnergy,
  formatFlop,
  formatFlopRate,
  formatHourlyPrice,
  formatNumber,
  formatPercent,
  formatPower,
  formatSeconds,
  formatUsd,
} from '../../src/units/format-quantity.js';

test.each([
  [formatSeconds, 0, '0 s'],
  [formatSeconds, 5e-6, '5 us'],
  [formatSeconds, 0.0042, '4.2 ms'],
  [formatSeconds, 0.99996, '1 s'],
  [formatSeconds, 18.9, '18.9 s'],
  [formatSeconds, 90, '90 s'],
  [formatSeconds, 5400, '90 min'],
  [formatSeconds, 40 * 3600, '40 hours'],
  [formatSeconds, 61.3 * 86_400, '61.3 days'],
  [formatSeconds, 5 * 365.25 * 86_400, '5 years'],
  [formatSeconds, -2, '-2 s'],
  [formatSeconds, Number.POSITIVE_INFINITY, 'unbounded'],
  [formatSeconds, Number.NaN, 'n/a'],
  [formatBytes, 512, '512 B'],
  [formatBytes, 999.96e6, '1 GB'],
  [formatBytes, 2.5e12, '2.5 TB'],
  [formatBinaryBytes, 80 * 2 ** 30, '80 GiB'],
  [formatBinaryBytes, 91.34 * 2 ** 30, '91.3 GiB'],
  [formatBandwidth, 25e9, '25 GB/s'],
  [formatFlop, 3.15e23, '315 ZFLOP'],
  [formatFlopRate, 191.5e12, '192 TFLOP/s'],
  [formatPower, 700, '700 W'],
  [formatEnergy, 5.4e12, '1.5 GWh'],
  [formatUsd, 2.45e6, '$2.45 M'],
  [formatUsd, 830, '$830'],
  [formatUsd, -1.5, '-$1.5'],
  [formatHourlyPrice, 2.5 / 3600, '$2.5/hour'],
  [formatCount, 300e9, '300 B'],
  [formatCount, 1.3e6, '1.3 M'],
  [formatCount, 2048, '2048'],
  [formatCount, 0, '0'],
  [formatPercent, 0.4821, '48.2 %'],
  [formatNumber, 0.000123456, '0.000123'],
  [formatNumber, 1234, '1230'],
] as const)('%o of %d is %s', (format, value, text) => {
  expect(format(value)).toBe(text);
});

test('a formatted number is within half a unit of its last digit', () => {
  fc.assert(
    fc.property(
      fc.double({min: 1e-12, max: 1e12, noNaN: true}),
      fc.integer({min: 1, max: 9}),
      (value, digits) => {
        const shown = Number(formatNumber(value, digits));
        expect(Math.abs(shown - value)).toBeLessThanOrEqual(value * 0.5 * 10 ** (1 - digits) * (1 + 1e-9));
      },
    ),
  );
});

test('the number before the unit never has more than four digits before the point', () => {
  fc.assert(
    fc.property(fc.double({min: 1, max: 1e18, noNaN: true}), value => {
      expect(formatBytes(value)).toMatch(/^\d{1,3}(\.\d+)? [kMGTPE]?B$/);
    }),
  );
});
