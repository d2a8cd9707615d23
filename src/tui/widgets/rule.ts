import type {TerminalStyle} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';

/** A line across the page. */
export function rule(page: TerminalStyle, columns = page.width): string {
  return paint(page, 'quiet', (page.unicode ? '─' : '-').repeat(Math.max(0, columns)));
}
