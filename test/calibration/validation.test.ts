import {expect, test} from 'vitest';
import {accuracyOf} from '../../src/calibration/accuracy.js';
import {skippedReasons, summarize, type ValidationRow} from '../../src/calibration/validation.js';

const row = (id: string, measured: number, predicted: number, fits = true): ValidationRow => ({
  status: 'predicted',
  id,
  hardware: 'h100',
  software: 'generic',
  assumptions: [],
  measured: {stepSeconds: measured, peakMemoryBytes: null, reservedMemoryBytes: null, fits},
  predicted: {
    stepSeconds: predicted,
    stepSecondsP10: predicted * 0.9,
    stepSecondsP90: predicted * 1.1,
    peakMemoryBytes: 1,
    reservedMemoryBytes: 1,
    fits: true,
  },
});

test('the accuracy of four predictions, by hand', () => {
  const pairs = [
    {measured: 10, predicted: 11},
    {measured: 10, predicted: 8},
    {measured: 10, predicted: 10},
    {measured: 10, predicted: 13},
  ];
  const accuracy = accuracyOf(pairs);
  expect(accuracy?.count).toBe(4);
  expect(accuracy?.meanAbsoluteError).toBeCloseTo(0.15);
  expect(accuracy?.medianAbsoluteError).toBeCloseTo(0.15);
  expect(accuracy?.bias).toBeCloseTo(0.05);
  expect(accuracy?.worstAbsoluteError).toBeCloseTo(0.3);
  expect(accuracyOf([])).toBeNull();
});

test('sources are summarized one by one, and all together at the end', () => {
  const rows: ValidationRow[] = [
    row('aleph-0001', 10, 10.5),
    row('aleph-0002', 10, 20),
    row('misc-0001', 10, 10, false),
    {status: 'skipped', id: 'misc-0002', reason: 'unknown: tp'},
  ];
  const summaries = summarize(rows);
  expect(summaries.map(({source, rows: count, skipped}) => [source, count, skipped])).toEqual([
    ['aleph', 2, 0],
    ['misc', 2, 1],
    ['all', 4, 1],
  ]);
  expect(summaries[0]).toMatchObject({insideBand: 0.5, peakMemory: null, fit: {right: 2}});
  expect(summaries[1]?.fit).toEqual({right: 0, falseAlarms: 0, missed: 1});
  expect(skippedReasons(rows)).toEqual([{reason: 'unknown: tp', count: 1}]);
});
