import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';

/** At most `rows` lines; dots show that some are left out. */
export function shortened(style: TerminalStyle, lines: readonly string[], rows: number): readonly string[] {
  return lines.length <= rows
    ? lines
    : [...lines.slice(0, Math.max(0, rows - 1)), paint(style, 'quiet', '  ...')];
}
