import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {sourceOf} from '../../src/calibration/sweep.js';
import type {ValidationRow} from '../../src/calibration/validation.js';
import {predictRows} from '../../src/cli/measured/predict-rows.js';
import {readCsvTable} from '../../src/import/csv-table.js';

const shared = new URL('../../../shared/measurements/', import.meta.url);
const files = ['measurements.csv', 'out_of_memory.csv'];
const present = files.every(file => existsSync(new URL(file, shared)));

async function predictedRows(): Promise<readonly ValidationRow[]> {
  const rows = files.flatMap(file => {
    const table = readCsvTable(readFileSync(new URL(file, shared), 'utf8'));
    if ('problems' in table) throw new Error(file);
    // Frameworks of which the tables know both outcomes, and those that print memory.
    return table.rows.filter(row => /^(nanotron|aleph|fail|ttitan|bigsci|llmf)-/.test(row.id ?? ''));
  });
  const read = await predictRows(rows, {hardware: null, software: null});
  if ('problems' in read) throw new Error(read.problems[0]?.message);
  return read.rows;
}

const all = present ? await predictedRows() : [];
const rows = all.filter(row => row.status === 'predicted');
const of = (...sources: readonly string[]) => rows.filter(row => sources.includes(sourceOf(row.id)));

describe.skipIf(!present)('memory as frameworks print it', () => {
  test.each([
    ['nanotron', 852, 0.017],
    ['ttitan', 8, 0.03],
    ['bigsci', 25, 0.05],
  ])('%s: mean error of %i rows at most %d', (source, count, bar) => {
    const errors = of(source).flatMap(({measured, predicted}) =>
      measured.peakMemoryBytes === null || predicted === null
        ? []
        : [Math.abs(predicted.peakMemoryBytes / measured.peakMemoryBytes - 1)],
    );
    expect(errors).toHaveLength(count);
    expect(errors.reduce((sum, error) => sum + error, 0) / count).toBeLessThan(bar);
  });
});

describe.skipIf(!present)('out of memory or not', () => {
  test.each([
    ['nanotron', ['nanotron'], 0.975, 0.01],
    ['aleph', ['aleph', 'fail'], 0.95, 0.03],
    ['both', ['nanotron', 'aleph', 'fail'], 0.965, 0.02],
  ])('%s', (_name, sources, right, missed) => {
    const known = of(...sources);
    const verdicts = known.filter(({measured, predicted}) => predicted?.fits === measured.fits);
    const failed = known.filter(({measured}) => !measured.fits);
    const saidToFit = failed.filter(({predicted}) => predicted?.fits === true);
    expect(verdicts.length / known.length).toBeGreaterThan(right);
    expect(saidToFit.length / failed.length).toBeLessThan(missed);
  });

  test('no run of llm-foundry, all of which ran, is said to run out', () => {
    expect(of('llmf').filter(({predicted}) => predicted?.fits === false)).toEqual([]);
  });
});
