import {readFileSync, statSync} from 'node:fs';
import {type CsvTable, readCsvTable, type TablePlace} from '../../import/csv-table.js';
import type {Problem} from '../problem.js';
import {errorCode} from '../read-text.js';
import {problemOfFile} from '../source.js';

/** Tables of runs are megabytes; a larger file is not one of them. */
const largestTableBytes = 32 * 1024 * 1024;

/** The table of a CSV file that has at least one row, or every problem that it has. */
export function readCsvFile(file: string): CsvTable | {readonly problems: readonly Problem[]} {
  const text = readTableText(file);
  if ('message' in text) return {problems: [problemOfFile(file, text)]};
  const table = readCsvTable(text.text);
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
