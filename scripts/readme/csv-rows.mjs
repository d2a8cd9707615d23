import {readFileSync} from 'node:fs';
import papaparse from 'papaparse';

/**
 * Rows of a CSV file by column name.
 *
 * @param {string} file
 * @returns {Record<string, string>[]}
 */
export function csvRows(file) {
  const text = readFileSync(file, 'utf8');
  /** @type {import('papaparse').ParseResult<Record<string, string>>} */
  const {data} = papaparse.parse(text, {header: true, skipEmptyLines: true});
  return data;
}
