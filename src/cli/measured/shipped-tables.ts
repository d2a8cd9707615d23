import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Correction} from '../../calibration/row/correction.js';
import {readCsvTable} from '../../import/csv-table.js';
import {presetPath} from '../../plan-file/library/presets.js';

/** The published runs that come with the package. */
export function publishedRuns(): string {
  return shippedTable('published-runs.csv');
}

/** What is known of published tables better than they say it. */
export function readCorrections(): readonly Correction[] {
  const table = readCsvTable(readFileSync(shippedTable('corrections.csv'), 'utf8'));
  if ('problems' in table) throw new Error(`corrections.csv: ${table.problems[0]?.message}`);
  return table.rows.map(({source = '', column = '', value = '', evidence = ''}) => {
    if (source === '' || column === '') throw new Error('corrections.csv: a row without source or column');
    return {source, column, value, evidence};
  });
}

function shippedTable(name: string): string {
  return join(dirname(presetPath('hardware', 'any')), 'measurements', name);
}
