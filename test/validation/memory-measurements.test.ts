import {describe, expect, test} from 'vitest';
import {sourceOf} from '../../src/calibration/rows/measurement.js';
import type {PredictedRow} from '../../src/calibration/validation.js';
import type {TableRow} from '../../src/import/csv-table.js';
import {predictTable} from '../calibration/rows/predict-table.js';
import {bulkData, bulkRows} from '../published/tables.js';
import {publishedRows} from './predict.js';

async function predicted(rows: readonly TableRow[]): Promise<readonly PredictedRow[]> {
  return (await predictTable(rows)).filter(row => row.status === 'predicted');
}

const shipped = await predicted(publishedRows('published-runs.csv'));

const measurements = bulkData('measurements/measurements.csv');
const outOfMemory = bulkData('measurements/out_of_memory.csv');
// Frameworks of which the tables know both outcomes.
const bulk = await predicted(
  [...bulkRows(measurements), ...bulkRows(outOfMemory)].filter(row =>
    /^(nanotron|aleph|fail)-/.test(row.id ?? ''),
  ),
);

const from = (rows: readonly PredictedRow[], ...sources: readonly string[]) =>
  rows.filter(row => sources.includes(sourceOf(row.id)));

/** Mean error of the peak of allocated memory. */
function expectMemory(rows: readonly PredictedRow[], count: number, bar: number): void {
  const errors = rows.flatMap(({measured, predicted}) =>
    measured.peakMemoryBytes === null || predicted === null
      ? []
      : [Math.abs(predicted.peakMemoryBytes / measured.peakMemoryBytes - 1)],
  );
  expect(errors).toHaveLength(count);
  expect(errors.reduce((sum, error) => sum + error, 0) / count).toBeLessThan(bar);
}

describe('memory as frameworks print it', () => {
  test.each([
    ['ttitan', 8, 0.03],
    ['bigsci', 25, 0.05],
  ])('%s: mean error of %i rows at most %d', (source, count, bar) => {
    expectMemory(from(shipped, source), count, bar);
  });

  test.skipIf(measurements.missing)(`nanotron: mean error at most 1.7 % ${measurements.needed}`, () => {
    expectMemory(from(bulk, 'nanotron'), 852, 0.017);
  });
});

describe('out of memory or not', () => {
  test('no run of llm-foundry, all of which ran, is said to run out', () => {
    expect(from(shipped, 'llmf').length).toBeGreaterThan(100);
    expect(from(shipped, 'llmf').filter(({predicted}) => predicted?.fits === false)).toEqual([]);
  });

  test('of published runs that state their recomputation, all of which ran, hardly one is said to run out', () => {
    const stated = publishedRows('published-runs.csv').filter(row => row.recompute !== '');
    const ids = new Set(stated.map(row => row.id));
    const ran = shipped.filter(row => ids.has(row.id));
    const failed = ran.filter(({predicted}) => predicted?.fits === false);
    expect(ran.length).toBeGreaterThan(150);
    expect(failed.length / ran.length).toBeLessThan(0.03);
  });

  test.skipIf(measurements.missing || outOfMemory.missing).each([
    ['nanotron', ['nanotron'], 0.975, 0.01],
    ['aleph', ['aleph', 'fail'], 0.95, 0.03],
    ['both', ['nanotron', 'aleph', 'fail'], 0.965, 0.02],
  ])(`%s ${outOfMemory.needed}`, (_name, sources, right, missed) => {
    const known = from(bulk, ...sources);
    const verdicts = known.filter(({measured, predicted}) => predicted?.fits === measured.fits);
    const failed = known.filter(({measured}) => !measured.fits);
    const saidToFit = failed.filter(({predicted}) => predicted?.fits === true);
    expect(verdicts.length / known.length).toBeGreaterThan(right);
    expect(saidToFit.length / failed.length).toBeLessThan(missed);
  });
});
