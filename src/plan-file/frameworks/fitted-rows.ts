/** Rows of a table that the constants of a framework on one machine were fitted to. */
export interface FittedRows {
  readonly machine: string;
  /** File name of the table, such as `measurements.csv`. */
  readonly table: string;
  /**
   * Compact list of ids: `llmf-0001 4 8..11 ttitan-0001..3`. A number repeats the prefix and the width before it;
   * a range holds every row that the table has between its ends.
   */
  readonly rows: string;
}

/** Text of a file of hardware-profiles/frameworks/fits/. */
export function writeFittedRows(fits: readonly FittedRows[]): string {
  return ['machine,table,rows', ...fits.map(fit => `${fit.machine},${fit.table},${fit.rows}`), ''].join('\n');
}

interface RowId {
  readonly prefix: string;
  readonly digits: string;
}

function readId(id: string): RowId {
  const [, prefix = id, digits = ''] = /^(.*?)(\d*)$/.exec(id) ?? [];
  return {prefix, digits};
}

/**
 * Rows as a compact list, in the order of their table.
 *
 * @param all ids of every row of the table
 */
export function compactRows(ids: readonly string[], all: readonly string[]): string {
  const places = new Map(all.map((id, place) => [id, place]));
  const runs: {first: string; last: string}[] = [];
  for (const id of ids) {
    const open = runs.at(-1);
    const follows = open !== undefined && places.get(id) === (places.get(open.last) ?? Number.NaN) + 1;
    if (follows && isAlike(readId(open.first), readId(id))) open.last = id;
    else runs.push({first: id, last: id});
  }
  return runs
    .map(({first, last}, i) => {
      const before = runs[i - 1];
      const repeats = before !== undefined && isAlike(readId(before.last), readId(first));
      const start = repeats ? withoutZeros(first) : first;
      return first === last ? start : `${start}..${withoutZeros(last)}`;
    })
    .join(' ');
}

/** Numbered rows of one source. */
function isAlike(a: RowId, b: RowId): boolean {
  return a.digits !== '' && a.prefix === b.prefix && a.digits.length === b.digits.length;
}

function withoutZeros(id: string): string {
  return String(Number(readId(id).digits));
}

/** Ids of a compact list, and its ranges as `llmf-0008 to llmf-0011`. */
export function rowRanges(rows: string): string[] {
  let [prefix, width] = ['', 0];
  const idOf = (digits: string) => `${prefix}${digits.padStart(width, '0')}`;
  return (rows === '' ? [] : rows.split(' ')).map(entry => {
    const [start = '', end] = entry.split('..');
    const id = readId(start);
    if (id.prefix !== '') [prefix, width] = [id.prefix, id.digits.length];
    const first = id.digits === '' ? start : idOf(id.digits);
    return end === undefined ? first : `${first} to ${idOf(end)}`;
  });
}
