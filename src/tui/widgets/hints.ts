import {displayWidth} from '../../report/page/display-width.js';
import type {Page} from '../../report/page/page.js';

/** Keys with what they do, the most important first; those that do not fit are left to the list of keys. */
export function hints(page: Page, keys: readonly string[]): string {
  const room = page.width - 2;
  let line = '';
  for (const key of keys) {
    const longer = line === '' ? key : `${line}  ${key}`;
    if (displayWidth(longer) <= room) line = longer;
  }
  return line;
}
