import {displayWidth} from '../../report/terminal/display-width.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';

/** Keys with their effects in one line, the most important first. The list of keys has those that do not fit. */
export function hints(style: TerminalStyle, keys: readonly string[]): string {
  const room = style.width - 2;
  let line = '';
  for (const key of keys) {
    const longer = line === '' ? key : `${line}  ${key}`;
    if (displayWidth(longer) <= room) line = longer;
  }
  return line;
}
