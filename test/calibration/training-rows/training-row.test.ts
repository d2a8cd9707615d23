import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';
import {
  type TrainingForecast,
  type TrainingResult,
  trainingClasses,
} from '../../../src/calibration/training-rows/training-row.js';
import {readTrainingTable} from '../../../src/plan-file/tables/read-training-tables.js';
import {tableKindOf} from '../../../src/plan-file/tables/table-kind.js';

const predicted: TrainingForecast = {
  deviceHours: 100,
  deviceHoursP10: 80,
  deviceHoursP90: 160,
  cleanDeviceHours: 85,
  cleanDeviceHoursP10: 78,
  cleanDeviceHoursP90: 100,
  days: 3,
  isLayoutStated: true,
};
const run = (deviceHours: number | null, more: Partial<TrainingResult> = {}): TrainingResult =>
  ({
    id: 'a',
    deviceHours,
    days: null,
    hardware: 'H100',
    isCounted: true,
    status: 'predicted',
    predicted,
    ...more,
  }) as TrainingResult;

test('classes count what lies inside the band and below P90, without rows of low confidence or without hours', () => {
  const results = [run(100), run(200), run(50), run(1000, {isCounted: false}), run(null)];
  const [all, stated] = trainingClasses(results);
  expect(all).toMatchObject({name: 'all', count: 3, medianRatio: 1, medianWidth: 2});
  expect(all?.insideBand).toBeCloseTo(1 / 3, 12);
  expect(all?.belowP90).toBeCloseTo(2 / 3, 12);
  expect(all?.meanAbsoluteLogRatio).toBeCloseTo((2 * Math.LN2) / 3, 12);
  expect(stated).toMatchObject({name: 'layout stated', count: 3});
});

test('a table of whole runs is known by its columns, and finds the plan of a row next to it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'walltime-'));
  try {
    const file = path.join(folder, 'runs.csv');
    const text = 'id,hardware,device_hours,days,confidence\none,H100,12.5,,high\ntwo,H100,,3,low\n';
    writeFileSync(path.join(folder, 'one.yaml'), '');
    expect(tableKindOf(text)).toBe('trainings');
    expect(tableKindOf('id,hardware,layers,device_hours\n')).toBe('runs');
    expect(readTrainingTable(file, text)).toEqual({
      rows: [
        {
          row: {id: 'one', hardware: 'H100', deviceHours: 12.5, days: null, isCounted: true},
          plan: path.join(folder, 'one.yaml'),
        },
        {row: {id: 'two', hardware: 'H100', deviceHours: null, days: 3, isCounted: false}, plan: null},
      ],
    });
  } finally {
    rmSync(folder, {recursive: true});
  }
});
