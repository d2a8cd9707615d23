import {displayWidth} from '../../report/page/display-width.js';
import type {TerminalStyle} from '../../report/page/page.js';

/** Keys with their effects in one line, the most important first. The list of keys has those that do not fit. */
export function hints(page: TerminalStyle, keys: readonly string[]): string {
  const room = page.width - 2;
  let line = '';
  for (const key of keys) {
    const longer = line === '' ? key : `${line}  ${key}`;
    if (displayWidth(longer) <= room) line = longer;
  }
  return line;
}
