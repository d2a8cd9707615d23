/** Index of the first entry of a list of `count` that is shown on `rows` lines, with `cursor` in the middle. */
export function firstShown(count: number, cursor: number, rows: number): number {
  return Math.max(0, Math.min(cursor - Math.floor(rows / 2), count - rows));
}
