/** A row of a table with a header line, by column name. */
export type TableRow = Readonly<Record<string, string>>;

/** A place in the text of a table. Counted from 1. */
export interface TablePlace {
  readonly line: number;
  readonly column: number;
}

/** What keeps a text from being a table. */
export interface TableProblem extends TablePlace {
  readonly message: string;
}

export interface CsvTable {
  /** In the order of the header. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /**
   * Place of a cell in the text.
   *
   * @param row index in `rows`
   * @param column null: the row as a whole
   */
  readonly placeOf: (row: number, column: string | null) => TablePlace;
}

/** A cell and the offset in the text at which it starts. */
interface Cell {
  readonly text: string;
  readonly start: number;
}

/**
 * Reads comma-separated values with a header line, as RFC 4180 defines them. Semicolons, tabs or bars
 * separate cells where the header line has more of them than commas. Rows without text are passed over.
 */
export function readCsvTable(text: string): CsvTable | {readonly problems: readonly TableProblem[]} {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const read = readRecords(plain, separatorOf(plain));
  if ('message' in read) return {problems: [{...placeAt(plain, read.start), message: read.message}]};
  const [header = [], ...records] = read.records.filter(record =>
    record.some(({text}) => text.trim() !== ''),
  );
  const columns = header.map(({text}) => text);
  const problems = records.flatMap(record => {
    const [first] = record;
    if (record.length === columns.length || first === undefined) return [];
    const message = `${record.length} cells, but the header names ${columns.length} columns`;
    return [{...placeAt(plain, (record[columns.length] ?? first).start), message}];
  });
  if (problems.length > 0) return {problems};
  let find: ReturnType<typeof placeFinder> | null = null;
  return {
    columns,
    rows: records.map(record => Object.fromEntries(columns.map((name, i) => [name, record[i]?.text ?? '']))),
    placeOf: (row, column) => {
      const cells = records[row] ?? [];
      const cell = (column === null ? undefined : cells[columns.indexOf(column)]) ?? cells[0];
      find ??= placeFinder(plain);
      return find(cell?.start ?? 0);
    },
  };
}

/** The one of the usual separators that the header line has most of. */
function separatorOf(text: string): string {
  const header = (text.split('\n', 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Lines of cells, blank ones included, or the first quoted cell that is malformed. */
function readRecords(
  text: string,
  separator: string,
): {readonly records: readonly (readonly Cell[])[]} | {readonly start: number; readonly message: string} {
  const quoted = /"[^"]*(?:""[^"]*)*"/y;
  const bare = new RegExp(`[^\\n${separator}]*`, 'y');
  const records: Cell[][] = [[]];
  for (let start = 0; ; ) {
    const isQuoted = text[start] === '"';
    const pattern = isQuoted ? quoted : bare;
    pattern.lastIndex = start;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) return {start, message: 'a quoted cell without an end'};
    const end = start + found.length;
    records.at(-1)?.push({text: isQuoted ? found.slice(1, -1).replaceAll('""', '"') : found, start});
    if (end === text.length) return {records};
    if (text[end] === '\n') records.push([]);
    else if (text[end] !== separator) return {start, message: 'text after the closing quote of a cell'};
    start = end + 1;
  }
}

function placeAt(text: string, offset: number): TablePlace {
  return placeFinder(text)(offset);
}

/** Places of offsets in a text, each found in the time of a look-up. */
function placeFinder(text: string): (offset: number) => TablePlace {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return offset => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return {line: low + 1, column: offset - (starts[low] as number) + 1};
  };
}
