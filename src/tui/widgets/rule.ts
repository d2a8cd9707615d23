import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';

/** A line across the page. */
export function rule(page: Page, columns = page.width): string {
  return paint(page, 'quiet', (page.unicode ? '─' : '-').repeat(Math.max(0, columns)));
}
