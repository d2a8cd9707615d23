import {existsSync, readFileSync} from 'node:fs';
import {readCsvTable} from '../../src/import/csv-table.js';

/** Rows of a data file that is not part of the package; null where it is absent. */
export function sharedRows(file: string): readonly Readonly<Record<string, string>>[] | null {
  const path = `../shared/science/data/${file}`;
  if (!existsSync(path)) return null;
  const table = readCsvTable(readFileSync(path, 'utf8'));
  if ('problems' in table) throw new Error(`${path} is not a table`);
  return table.rows;
}
