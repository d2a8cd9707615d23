import {existsSync, readFileSync} from 'node:fs';
import {readCsvTable, type TableRow} from '../../src/import/csv-table.js';

/** A data file of another project that may not be shipped. It is read from `../shared`, next to the checkout. */
export interface BulkData {
  readonly url: URL;
  readonly missing: boolean;
  /** Suffix of a test's title: why it is skipped. */
  readonly needed: string;
}

export function bulkData(path: string): BulkData {
  const url = new URL(`../../../shared/${path}`, import.meta.url);
  return {url, missing: !existsSync(url), needed: `(needs ../shared/${path}, not shipped)`};
}

/** Rows of a bulk table; none where it is missing. */
export function bulkRows({url, missing}: BulkData): readonly TableRow[] {
  return missing ? [] : rowsAt(url);
}

/** Rows of a table of this folder. */
export function publishedTable(file: string): readonly TableRow[] {
  return rowsAt(new URL(file, import.meta.url));
}

function rowsAt(url: URL): readonly TableRow[] {
  const read = readCsvTable(readFileSync(url, 'utf8'));
  if ('problems' in read) throw new Error(`${url}: ${read.problems[0]?.message}`);
  return read.rows;
}

/** Rows of a table of `options/`: cells separated by tabs, under a line of source and a line of columns. */
export function optionRows(file: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`options/${file}`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(2)
    .map(line => line.split('\t'));
}
