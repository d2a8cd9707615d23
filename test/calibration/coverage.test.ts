import {describe, expect, test} from 'vitest';
import type {TableRow} from '../../src/import/csv-table.js';
import {bulkData, bulkRows} from '../published/tables.js';
import {publishedRows} from '../validation/predict.js';
import {predictTable} from './rows/predict-table.js';

const shape = ['layers', 'hidden', 'heads', 'vocab', 'ffn_hidden'];
const layout = ['num_gpus', 'tp', 'pp', 'micro_batch'];
const batch = ['seq_len', 'global_batch'];

/** Model shape, layout, batch and step time are known, and the run is a pre-training run. */
function isStated(row: TableRow): boolean {
  const known = [...shape, ...layout, ...batch].every(column =>
    Number.isFinite(Number.parseFloat(row[column] ?? '')),
  );
  return known && (row.iter_time_s !== '' || row.tokens_per_s_per_gpu !== '') && row.task === 'pretrain';
}

async function expectFigures(rows: readonly TableRow[]): Promise<void> {
  for (const row of await predictTable(rows)) {
    if (row.status === 'skipped') expect(row.reason).not.toBe('');
    else {
      const {fits, ...figures} = row.predicted;
      for (const figure of Object.values(figures)) expect(figure, row.id).toBeGreaterThan(0);
    }
  }
}

async function expectPredicted(rows: readonly TableRow[]): Promise<void> {
  const stated = await predictTable(rows.filter(isStated));
  const refused = stated.flatMap(row => (row.status === 'skipped' ? [`${row.id}: ${row.reason}`] : []));
  console.info(`${stated.length} rows stated, ${refused.length} refused`, refused);
  expect(stated.length).toBeGreaterThan(400);
  expect(refused.length / stated.length).toBeLessThanOrEqual(0.03);
}

const published = publishedRows('published-runs.csv');
const measurements = bulkData('measurements/measurements.csv');
const outOfMemory = bulkData('measurements/out_of_memory.csv');

describe('no row crashes, and every figure is a positive number', () => {
  test('published runs', () => expectFigures(published));
  test.skipIf(measurements.missing)(`all runs ${measurements.needed}`, () =>
    expectFigures(bulkRows(measurements)),
  );
  test.skipIf(outOfMemory.missing)(`runs out of memory ${outOfMemory.needed}`, () =>
    expectFigures(bulkRows(outOfMemory)),
  );
});

describe('of the rows that state shape, layout, batch and step time 97 % are predicted', () => {
  test('published runs', () => expectPredicted(published));
  test.skipIf(measurements.missing)(`all runs ${measurements.needed}`, () =>
    expectPredicted(bulkRows(measurements)),
  );
});
