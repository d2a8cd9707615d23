import type {TerminalStyle} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';

/** At most `rows` lines; dots show that some are left out. */
export function shortened(page: TerminalStyle, lines: readonly string[], rows: number): readonly string[] {
  return lines.length <= rows
    ? lines
    : [...lines.slice(0, Math.max(0, rows - 1)), paint(page, 'quiet', '  ...')];
}
