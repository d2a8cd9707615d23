import {readFileSync, statSync} from 'node:fs';
import {type CsvTable, readCsvTable, type TablePlace} from '../../import/csv-table.js';
import type {Problem} from '../problem.js';
import {errorCode} from '../read-text.js';
import {problemOfFile} from '../source.js';

/** Tables of runs are megabytes; a larger file is not one of them. */
const largestTableBytes = 32 * 1024 * 1024;

/** The table of a CSV file that has at least one row, or every problem that it has. */
export function readCsvFile(file: string): CsvTable | {readonly problems: readonly Problem[]} {
  const read = readTableText(file);
  return 'problems' in read ? read : csvTableOf(file, read.text);
}

/** The table of a text that stands in `file`. */
export function csvTableOf(file: string, text: string): CsvTable | {readonly problems: readonly Problem[]} {
  const table = readCsvTable(text);
  if ('problems' in table) {
    const hint = 'separate cells by commas, quote those that hold one';
    return {
      problems: table.problems.map(({message, ...place}) =>
        tableProblem(file, place, {path: '', message: `is not a table: ${message}`, hint}),
      ),
    };
  }
  if (table.rows.length > 0) return table;
  return {
    problems: [problemOfFile(file, {message: 'has no rows', hint: 'write a header line and one row a run'})],
  };
}

/** A problem at a place of a table; `path` names the column. */
export function tableProblem(
  file: string,
  {line, column}: TablePlace,
  problem: Pick<Problem, 'path' | 'message' | 'hint'>,
): Problem {
  return {file, line, column, ...problem};
}

/** The text of a table or of a log. */
export function readTableText(
  file: string,
): {readonly text: string} | {readonly problems: readonly Problem[]} {
  const fault = (message: string, hint: string) => ({problems: [problemOfFile(file, {message, hint})]});
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return fault('is a directory', 'name a CSV file in it');
    if (stats.size > largestTableBytes) {
      return fault(`has ${stats.size} bytes, above the limit of ${largestTableBytes}`, 'split it');
    }
    return {text: readFileSync(file, 'utf8')};
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return code === 'ENOENT'
      ? fault('no such file', 'check the path')
      : fault(`cannot be read (${code})`, 'check its permissions');
  }
}
