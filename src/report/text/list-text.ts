import {displayWidth, padEnd} from '../page/display-width.js';
import {narrowestPage, type TerminalStyle} from '../page/page.js';
import {paint} from '../page/paint.js';
import {wrap} from '../page/wrap.js';

export interface ListEntry {
  readonly name: string;
  readonly description: string;
}

/** Names with what they are: beside each other, or below where the page is narrow. */
export function renderList(page: TerminalStyle, entries: readonly ListEntry[]): string[] {
  const names = Math.max(...entries.map(({name}) => displayWidth(name))) + 2;
  const rest = page.width - names;
  if (rest < narrowestPage) {
    return entries.flatMap(({name, description}) => [
      paint(page, 'title', name),
      ...wrap(page, description, {indent: '  '}),
    ]);
  }
  return entries.flatMap(({name, description}) => {
    const lines = wrap({...page, width: rest}, description);
    return (lines.length === 0 ? [''] : lines).map((line, i) =>
      `${paint(page, 'title', padEnd(i === 0 ? name : '', names))}${line}`.trimEnd(),
    );
  });
}
