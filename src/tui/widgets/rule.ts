import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';

/** A line across the terminal. */
export function rule(style: TerminalStyle, columns = style.width): string {
  return paint(style, 'quiet', (style.unicode ? '─' : '-').repeat(Math.max(0, columns)));
}
