import {describe, expect, test} from 'vitest';
import {matchHardware} from '../../src/calibration/match-hardware.js';
import {matchSoftware} from '../../src/calibration/match-software.js';
import {readMeasurement} from '../../src/calibration/measurement.js';
import {predictMeasurement} from '../../src/calibration/predict-measurement.js';
import {makeCluster} from '../../src/cluster/make-cluster.js';
import type {TableRow} from '../../src/import/csv-table.js';
import {listHardware, listModels, readHardware, readModel} from '../../src/plan-file/library/library.js';
import {bulkData, bulkRows} from '../published/tables.js';
import {publishedRows} from '../validation/predict.js';

const hardware = await Promise.all(listHardware().map(name => readHardware(name)));
const profiles = hardware.flatMap(read => ('profile' in read ? [read.profile] : []));
const models = await Promise.all(listModels().map(name => readModel(name)));
const shapes = models.flatMap(read => ('profile' in read ? [read.profile.model] : []));

/** Predicted figures, or the reason why there are none. */
function predict(row: TableRow): readonly number[] | string {
  const read = readMeasurement(row, shapes);
  if ('skipped' in read) return read.skipped.reason;
  const run = read.measurement;
  const profile = matchHardware(profiles, run.hardware, run.network)?.profile;
  if (profile === undefined) return `no profile for ${run.hardware}`;
  const stack = matchSoftware(Object.keys(profile.software), run.framework, profile.accelerator);
  const software = profile.software[stack]?.stack;
  if (software === undefined) return `no stack ${stack}`;
  const predicted = predictMeasurement(run, makeCluster(profile, software, run.numDevices));
  if ('reason' in predicted) return predicted.reason;
  const {stepSeconds, stepSecondsP10, stepSecondsP90, peakMemoryBytes, reservedMemoryBytes} = predicted;
  return [stepSeconds, stepSecondsP10, stepSecondsP90, peakMemoryBytes, reservedMemoryBytes];
}

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

function expectFigures(rows: readonly TableRow[]): void {
  for (const row of rows) {
    const predicted = predict(row);
    if (typeof predicted === 'string') expect(predicted).not.toBe('');
    else for (const figure of predicted) expect(figure, row.id).toBeGreaterThan(0);
  }
}

function expectPredicted(rows: readonly TableRow[]): void {
  const stated = rows.filter(isStated);
  const refused = stated.flatMap(row => {
    const predicted = predict(row);
    return typeof predicted === 'string' ? [`${row.id}: ${predicted}`] : [];
  });
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
