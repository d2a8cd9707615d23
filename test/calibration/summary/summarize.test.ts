import {expect, test} from 'vitest';
import {skippedReasons} from '../../../src/calibration/summary/counted-reasons.js';
import {summarize} from '../../../src/calibration/summary/summarize.js';
import type {PredictedRow, ValidationRow} from '../../../src/calibration/validation.js';
import {predictedRow} from '../predicted-row.js';

const outOfMemory = (row: PredictedRow): PredictedRow => ({
  ...row,
  measured: {...row.measured, stepSeconds: null, fits: false},
});

const rows: readonly ValidationRow[] = [
  predictedRow('aleph-0001', 10, 10.5),
  {...predictedRow('aleph-0002', 10, 20), hardware: 'a100'},
  outOfMemory(predictedRow('misc-0001', 10, 10)),
  {status: 'skipped', id: 'misc-0002', source: 'misc', reason: 'unknown: tp'},
];

test('sources are summarized one by one, and all together', () => {
  const {groups, total} = summarize(rows);
  expect(groups.source.map(({name, summary}) => [name, summary.rows, summary.skipped])).toEqual([
    ['aleph', 2, 0],
    ['misc', 2, 1],
  ]);
  expect(total).toMatchObject({rows: 4, predicted: 3, skipped: 1});
  expect(groups.source[0]?.summary).toMatchObject({insideBand: 0.5, peakMemory: null, fit: {right: 2}});
  expect(groups.source[1]?.summary.fit).toEqual({right: 0, falseAlarms: 0, missed: 1, outOfMemory: 1});
  expect(skippedReasons(rows)).toEqual([{reason: 'unknown: tp', count: 1}]);
});

test('machines have the rows that were predicted on them', () => {
  const {hardware} = summarize(rows).groups;
  expect(hardware.map(({name, summary}) => [name, summary.rows])).toEqual([
    ['h100', 2],
    ['a100', 1],
  ]);
  expect(hardware[1]?.summary.stepTime?.meanAbsoluteError).toBe(1);
});

test('the step time of a row of low confidence does not count, its memory does', () => {
  const row = predictedRow('nanotron-0001', 10, 30);
  const doubtful: PredictedRow = {
    ...row,
    confidence: 'low',
    measured: {...row.measured, peakMemoryBytes: 2},
  };
  const {total, scored} = summarize([...rows, doubtful]);
  expect(total.stepTime?.count).toBe(2);
  expect(total.lowConfidence).toBe(1);
  expect(total.peakMemory?.meanAbsoluteError).toBe(0.5);
  expect(scored.map(({row: {id}}) => id)).toEqual(['aleph-0001', 'aleph-0002']);
});

test('a large source does not hide the others in the mean over sources', () => {
  const source = (name: string, count: number, error: number) =>
    Array.from({length: count}, (_, i) => predictedRow(`${name}-${i}`, 10, 10 * (1 + error)));
  const {acrossSources} = summarize([...source('a', 90, 0.1), ...source('b', 10, 0.3), ...source('c', 9, 5)]);
  expect(acrossSources?.sources).toBe(2);
  expect(acrossSources?.meanAbsoluteError).toBeCloseTo(0.2);
});
