/** Rows of a table that the constants of a framework on one machine were fitted to. */
export interface FittedRows {
  readonly machine: string;
  /** File name of the table, such as `measurements.csv`. */
  readonly table: string;
  /** Compact list of ids: `llmf-0001 4 8..11 ttitan-0001..3`; a number repeats the prefix and width before it. */
  readonly rows: string;
}

/** Text of a file of hardware-profiles/frameworks/fits/. */
export function writeFittedRows(fits: readonly FittedRows[]): string {
  return ['machine,table,rows', ...fits.map(fit => `${fit.machine},${fit.table},${fit.rows}`), ''].join('\n');
}

/** Ids as a compact list, in their order. */
export function compactRows(ids: readonly string[]): string {
  const runs: {prefix: string; width: number; first: number; last: number}[] = [];
  for (const id of ids) {
    const [, prefix = id, digits = ''] = /^(.*?)(\d+)$/.exec(id) ?? [];
    const open = runs.at(-1);
    const number = Number(digits);
    if (open?.prefix === prefix && open.width === digits.length && number === open.last + 1)
      open.last = number;
    else runs.push({prefix, width: digits.length, first: number, last: number});
  }
  return runs
    .map(({prefix, width, first, last}, i) => {
      const before = runs[i - 1];
      const again = before?.prefix === prefix && before.width === width;
      const start = again
        ? String(first)
        : `${prefix}${width === 0 ? '' : String(first).padStart(width, '0')}`;
      return first === last ? start : `${start}..${last}`;
    })
    .join(' ');
}

/** Every id of a compact list. */
export function expandRows(rows: string): string[] {
  let [prefix, width] = ['', 0];
  return (rows === '' ? [] : rows.split(' ')).flatMap(entry => {
    const [, stated, first = '', last = first] = /^(.*?)(\d+)(?:\.\.(\d+))?$/.exec(entry) ?? [];
    if (stated === undefined) return [entry];
    if (stated !== '') [prefix, width] = [stated, first.length];
    const count = Number(last) - Number(first) + 1;
    return Array.from(
      {length: count},
      (_, i) => `${prefix}${String(Number(first) + i).padStart(width, '0')}`,
    );
  });
}
