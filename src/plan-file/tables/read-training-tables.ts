import {existsSync} from 'node:fs';
import path from 'node:path';
import type {TrainingRow} from '../../calibration/training-rows/training-row.js';
import type {Problem} from '../problem.js';
import {problemOfFile} from '../source.js';
import {csvTableOf} from './read-csv-file.js';

/** A row of published training runs with the file of its plan; null where there is none. */
export interface PlannedTraining {
  readonly row: TrainingRow;
  readonly plan: string | null;
}

/** Folders next to a table in which the plan of a row may stand, as `ID.yaml`. */
const planFolders = ['.', 'trainings', '../cases/trainings'];

/** Rows of a table of whole training runs. */
export function readTrainingTable(
  file: string,
  text: string,
): {readonly rows: readonly PlannedTraining[]} | {readonly problems: readonly Problem[]} {
  const table = csvTableOf(file, text);
  if ('problems' in table) return table;
  const missing = ['id', 'device_hours'].filter(column => !table.columns.includes(column));
  if (missing.length > 0) {
    const hint = 'a row is an id, device_hours and a plan of the name ID.yaml';
    return {problems: [problemOfFile(file, {message: `has no column ${missing.join(', ')}`, hint})]};
  }
  const rows = table.rows.map(cells => {
    const {id = '', device_hours, days, hardware = '', confidence = ''} = cells;
    const row: TrainingRow = {
      id,
      deviceHours: numberOf(device_hours),
      days: numberOf(days),
      hardware,
      isCounted: confidence !== 'low',
    };
    return {row, plan: planOf(file, id)};
  });
  return {rows};
}

function numberOf(text = ''): number | null {
  const value = Number(text);
  return text.trim() === '' || !(value > 0) ? null : value;
}

function planOf(table: string, id: string): string | null {
  const files = planFolders.map(folder => path.join(path.dirname(table), folder, `${id}.yaml`));
  return files.find(file => existsSync(file)) ?? null;
}
