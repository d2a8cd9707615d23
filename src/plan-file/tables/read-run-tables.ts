import {type ParsedRow, parseRow} from '../../calibration/rows/parse-row.js';
import type {CsvTable} from '../../import/csv-table.js';
import type {Problem} from '../problem.js';
import {problemOfFile} from '../source.js';
import {readCsvFile, tableProblem} from './read-csv-file.js';

/** Columns that every table of measured runs has, whatever its rows leave empty. */
const necessaryColumns = ['id', 'hardware', 'num_gpus', 'layers', 'hidden'] as const;

/** Rows of tables of measured runs, with a problem for each cell that cannot be read. */
export interface RunTables {
  readonly rows: readonly ParsedRow[];
  readonly faults: readonly Problem[];
}

/** Rows of all tables; or every problem of all of them where one is no table of runs or no row can be read. */
export function readRunTables(files: readonly string[]): RunTables | {readonly problems: readonly Problem[]} {
  const tables = files.map(file => ({file, ...readRunTable(file)}));
  const problems = tables.flatMap(table => ('problems' in table ? table.problems : []));
  if (problems.length > 0) return {problems};
  const read = tables.flatMap(table => ('rows' in table ? rowsOf(table) : []));
  const rows = read.map(({row}, i) => (row.id === '' ? {...row, id: `row-${i + 1}`} : row));
  const faults = read.flatMap(row => row.faults);
  const isUnreadable = rows.length > 0 && rows.every(row => row.faults.length > 0);
  return isUnreadable ? {problems: faults} : {rows, faults};
}

function readRunTable(file: string): CsvTable | {readonly problems: readonly Problem[]} {
  const table = readCsvFile(file);
  if ('problems' in table) return table;
  const missing = necessaryColumns.filter(column => !table.columns.includes(column));
  if (missing.length === 0) return table;
  const hint = 'hardware-profiles/measurements/published-runs.csv has all columns';
  return {problems: [problemOfFile(file, {message: `has no column ${missing.join(', ')}`, hint})]};
}

function rowsOf({file, rows, placeOf}: CsvTable & {readonly file: string}) {
  return rows.map((cells, index) => {
    const row = parseRow(cells);
    const faults = row.faults.map(({column, message, hint}) =>
      tableProblem(file, placeOf(index, column), {path: column, message, hint}),
    );
    return {row, faults};
  });
}
