import {basename} from 'node:path';
import {parseCollectiveRow} from '../../calibration/collective-rows/collective-row.js';
import {readNcclLog} from '../../calibration/collective-rows/nccl-log.js';
import {parseKernelRow} from '../../calibration/kernel-rows/kernel-row.js';
import type {ReadOperator} from '../../calibration/operator-rows/operator-row.js';
import type {Problem} from '../problem.js';
import {problemOfFile} from '../source.js';
import {readBench} from './read-bench.js';
import {csvTableOf, tableProblem} from './read-csv-file.js';
import type {TableKind} from './table-kind.js';

/** A text of measured kernels or collectives. */
export interface OperatorTable {
  readonly file: string;
  readonly text: string;
  readonly kind: Exclude<TableKind, 'runs' | 'trainings'>;
}

/** Rows of tables of kernels and collectives, with a problem for each cell that cannot be read. */
export interface OperatorTables {
  readonly rows: readonly ReadOperator[];
  readonly faults: readonly Problem[];
}

/** Columns without which no row can be priced. */
const necessary = {
  kernels: ['hardware', 'op'],
  collectives: ['op', 'ranks', 'bytes'],
} as const;

/** Rows of all tables; or every problem of all of them where one is no such table or no row can be read. */
export async function readOperatorTables(
  tables: readonly OperatorTable[],
): Promise<OperatorTables | {readonly problems: readonly Problem[]}> {
  const read = await Promise.all(tables.map(readOperators));
  const problems = read.flatMap(table => ('problems' in table ? table.problems : []));
  if (problems.length > 0) return {problems};
  const rows = read.flatMap(table => ('rows' in table ? table.rows : []));
  const faults = read.flatMap(table => ('faults' in table ? table.faults : []));
  const isUnreadable = faults.length > 0 && rows.every(({unreadable}) => unreadable !== null);
  return isUnreadable ? {problems: faults} : {rows, faults};
}

function readOperators(
  table: OperatorTable,
): Promise<OperatorTables | {readonly problems: readonly Problem[]}> | ReturnType<typeof readTable> {
  if (table.kind === 'bench') return readMachine(table.file);
  return table.kind === 'nccl-log' ? readLog(table) : readTable(table);
}

async function readMachine(file: string): Promise<OperatorTables | {readonly problems: readonly Problem[]}> {
  const read = await readBench(file);
  if ('problems' in read) return read;
  const rows = [...read.bench.kernels, ...read.bench.collectives].map(row => ({row, unreadable: null}));
  return {rows, faults: []};
}

function readTable({
  file,
  text,
  kind,
}: OperatorTable): OperatorTables | {readonly problems: readonly Problem[]} {
  const table = csvTableOf(file, text);
  if ('problems' in table) return table;
  const {columns} = table;
  const missing: string[] = necessary[kind === 'collectives' ? kind : 'kernels'].filter(
    column => !columns.includes(column),
  );
  if (!columns.includes('seconds') && !columns.includes('seconds_median')) missing.push('seconds');
  if (missing.length > 0) {
    const hint = 'walltime validate --help names the columns';
    return {problems: [problemOfFile(file, {message: `has no column ${missing.join(', ')}`, hint})]};
  }
  const faults: Problem[] = [];
  const parse = kind === 'collectives' ? parseCollectiveRow : parseKernelRow;
  const rows = table.rows.map((cells, index): ReadOperator => {
    const {row, faults: found} = parse(cells);
    for (const {column, message, hint} of found) {
      faults.push(tableProblem(file, table.placeOf(index, column), {path: column, message, hint}));
    }
    const [fault] = found;
    return {
      row: row.id === '' ? {...row, id: `row-${index + 1}`} : row,
      unreadable: fault === undefined ? null : `${fault.column} ${fault.message}`,
    };
  });
  return {rows, faults};
}

function readLog({file, text}: OperatorTable): OperatorTables | {readonly problems: readonly Problem[]} {
  const name = basename(file);
  const read = readNcclLog(text, name);
  const faults = read.faults.map(({line, message, hint}) =>
    tableProblem(file, {line, column: 1}, {path: '', message, hint}),
  );
  if (read.rows.length === 0) {
    const hint = 'a run of nccl-tests prints a line for each size';
    return {problems: faults.length > 0 ? faults : [problemOfFile(file, {message: 'has no sizes', hint})]};
  }
  const rows = read.rows.map(({row, line}) => ({row: {...row, id: `${name}:${line}`}, unreadable: null}));
  return {rows, faults};
}
