import {readFileSync, statSync} from 'node:fs';
import {readCsvTable, type TableRow} from '../import/csv-table.js';
import type {Problem} from '../plan-file/problem.js';
import {errorCode} from '../plan-file/read-text.js';

/** Tables of runs are megabytes; a larger file is not one of them. */
const largestTableBytes = 32 * 1024 * 1024;

export type CsvFileRead =
  | {readonly rows: readonly TableRow[]; readonly columns: readonly string[]}
  | {readonly problems: readonly Problem[]};

/** The rows of a CSV file that has at least one, and the columns of its header. */
export function readCsvFile(file: string): CsvFileRead {
  const text = readTableText(file);
  if ('message' in text) return {problems: [tableProblem(file, 1, text.message, text.hint)]};
  const noRows = tableProblem(file, 1, 'has no rows', 'write a header line and one row a run');
  if (text.text.replace(/^\uFEFF/, '').trim() === '') return {problems: [noRows]};
  const table = readCsvTable(text.text);
  if ('problems' in table) {
    return {
      problems: table.problems.map(({row, message}) =>
        tableProblem(
          file,
          row,
          `is not a table: ${message}`,
          'separate cells by commas, quote those that hold one',
        ),
      ),
    };
  }
  const [first] = table.rows;
  if (first === undefined) return {problems: [noRows]};
  return {rows: table.rows, columns: Object.keys(first)};
}

/** A problem of a line of a table. */
export function tableProblem(file: string, line: number, message: string, hint: string): Problem {
  return {file, line, column: 1, path: '', message, hint};
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
