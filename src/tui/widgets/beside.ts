import {fit} from '../../report/page/display-width.js';

/** A block of lines with its width. */
export interface Block {
  readonly lines: readonly string[];
  readonly columns: number;
}

/** Blocks beside each other, `gap` between them, cut and filled to `rows` lines. */
export function beside(blocks: readonly Block[], rows: number, gap = '  '): string[] {
  return Array.from({length: rows}, (_, row) =>
    blocks.map(({lines, columns}) => fit(lines[row] ?? '', columns)).join(gap),
  );
}

/** Exactly `rows` lines of `columns`. */
export function fitBlock(lines: readonly string[], columns: number, rows: number): string[] {
  return Array.from({length: rows}, (_, row) => fit(lines[row] ?? '', columns));
}
