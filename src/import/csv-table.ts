import Papa from 'papaparse';

/** A row of a table with a header line, by column name. */
export type TableRow = Readonly<Record<string, string>>;

/** Where a table could not be read. */
export interface TableProblem {
  /** Counted from 1; the header is line 1 of the table, a quoted cell may span several of the file. */
  readonly row: number;
  readonly message: string;
}

/** Reads comma-separated values with a header line; empty lines are passed over. */
export function readCsvTable(
  text: string,
): {readonly rows: readonly TableRow[]} | {readonly problems: readonly TableProblem[]} {
  const parsed = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
  });
  if (parsed.errors.length > 0) {
    return {problems: parsed.errors.map(({row, message}) => ({row: (row ?? 0) + 2, message}))};
  }
  return {rows: parsed.data};
}
