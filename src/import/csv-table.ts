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
    // Papa Parse counts the header among the rows of a malformed quote, and not among other rows.
    const problems = parsed.errors.map(({row = 0, type, message}) => ({
      row: row + (type === 'Quotes' ? 1 : 2),
      message,
    }));
    // A malformed quote is found again at each cell behind it.
    return {problems: problems.filter(({row}, i) => problems.findIndex(other => other.row === row) === i)};
  }
  return {rows: parsed.data};
}
