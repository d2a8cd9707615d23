/** A picture of dots, two columns and four rows to a character of braille. */
export interface DotGrid {
  readonly columns: number;
  readonly rows: number;
  /** Dots of each character as bits of braille, row by row. */
  readonly cells: Uint8Array;
}

/** Bits of the eight dots of a character by row, left and right. Unicode Standard, chapter 21.1, braille patterns. */
const bits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

const dotColumns = 2;
const dotRows = bits.length;
const emptyPattern = 0x2800;

export function dotGrid(columns: number, rows: number): DotGrid {
  return {columns, rows, cells: new Uint8Array(columns * rows)};
}

/** Sets the dot at `x` and `y` from 0 to 1, from the left and from the bottom; none outside. */
export function setDot({columns, rows, cells}: DotGrid, x: number, y: number): void {
  if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return;
  const column = Math.min(columns * dotColumns - 1, Math.floor(x * columns * dotColumns));
  const row = Math.min(rows * dotRows - 1, Math.floor((1 - y) * rows * dotRows));
  const cell = Math.floor(row / dotRows) * columns + Math.floor(column / dotColumns);
  cells[cell] = (cells[cell] ?? 0) | (bits[row % dotRows]?.[column % dotColumns] ?? 0);
}

/** The character of a cell: braille, or a sign by the number of its dots where the terminal has ASCII alone. */
export function dotSign({columns, cells}: DotGrid, row: number, column: number, unicode: boolean): string {
  const cell = cells[row * columns + column] ?? 0;
  if (unicode) return cell === 0 ? ' ' : String.fromCharCode(emptyPattern + cell);
  let dots = 0;
  for (let rest = cell; rest > 0; rest >>= 1) dots += rest & 1;
  return dots === 0 ? ' ' : dots <= 2 ? '.' : dots <= 5 ? 'o' : '#';
}
