import {readFileSync, statSync} from 'node:fs';
import type {MeasurementRow} from '../calibration/measurement.js';
import {readCsvTable} from '../import/csv-table.js';
import type {Problem} from '../plan-file/problem.js';
import {errorCode} from '../plan-file/read-text.js';

/** Tables of runs are megabytes; a larger file is not one of them. */
const largestTableBytes = 32 * 1024 * 1024;

/** Columns that every table of measured runs has, whatever its rows leave empty. */
const necessaryColumns = ['id', 'hardware', 'num_gpus', 'layers', 'hidden'] as const;

/** Rows of all tables, or every problem of all of them. */
export function readTables(
  files: readonly string[],
): {readonly rows: readonly MeasurementRow[]} | {readonly problems: readonly Problem[]} {
  const read = files.map(readTable);
  const problems = read.flatMap(table => ('problems' in table ? table.problems : []));
  if (problems.length > 0) return {problems};
  return {rows: read.flatMap(table => ('rows' in table ? table.rows : []))};
}

function readTable(file: string): ReturnType<typeof readTables> {
  const problem = (line: number, message: string, hint: string): Problem => ({
    file,
    line,
    column: 1,
    path: '',
    message,
    hint,
  });
  const text = readTableText(file);
  if ('message' in text) return {problems: [problem(1, text.message, text.hint)]};
  const table = readCsvTable(text.text);
  if ('problems' in table) {
    return {
      problems: table.problems.map(({row, message}) =>
        problem(row, `is not a table: ${message}`, 'separate cells by commas, quote those that hold one'),
      ),
    };
  }
  const [first] = table.rows;
  if (first === undefined)
    return {problems: [problem(1, 'has no rows', 'write a header line and one row a run')]};
  const missing = necessaryColumns.filter(column => !Object.hasOwn(first, column));
  if (missing.length === 0) return {rows: table.rows};
  const hint = 'hardware-profiles/measurements/published-runs.csv has all columns';
  return {problems: [problem(1, `has no column ${missing.join(', ')}`, hint)]};
}

function readTableText(
  file: string,
): {readonly text: string} | {readonly message: string; readonly hint: string} {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return {message: 'is a directory', hint: 'name a CSV file in it'};
    if (stats.size > largestTableBytes) {
      return {message: `has ${stats.size} bytes, above the limit of ${largestTableBytes}`, hint: 'split it'};
    }
    return {text: readFileSync(file, 'utf8')};
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return code === 'ENOENT'
      ? {message: 'no such file', hint: 'check the path'}
      : {message: `cannot be read (${code})`, hint: 'check its permissions'};
  }
}
