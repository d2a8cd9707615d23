import type {MeasurementRow} from '../../calibration/measurement.js';
import type {Problem} from '../../plan-file/problem.js';
import {problemOfFile} from '../../plan-file/source.js';
import {readCsvFile} from '../../plan-file/tables/read-csv-file.js';

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
  const table = readCsvFile(file);
  if ('problems' in table) return table;
  const missing = necessaryColumns.filter(column => !table.columns.includes(column));
  if (missing.length === 0) return {rows: table.rows};
  const hint = 'hardware-profiles/measurements/published-runs.csv has all columns';
  return {problems: [problemOfFile(file, {message: `has no column ${missing.join(', ')}`, hint})]};
}
