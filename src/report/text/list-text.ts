import {displayWidth, padEnd} from '../terminal/display-width.js';
import {paint} from '../terminal/paint.js';
import {narrowestTerminal, type TerminalStyle} from '../terminal/terminal-style.js';
import {wrap} from '../terminal/wrap.js';

export interface ListEntry {
  readonly name: string;
  readonly description: string;
}

/** Names with their descriptions: side by side, or below each other on a narrow terminal. */
export function renderList(style: TerminalStyle, entries: readonly ListEntry[]): string[] {
  const names = Math.max(...entries.map(({name}) => displayWidth(name))) + 2;
  const rest = style.width - names;
  if (rest < narrowestTerminal) {
    return entries.flatMap(({name, description}) => [
      paint(style, 'title', name),
      ...wrap(style, description, {indent: '  '}),
    ]);
  }
  return entries.flatMap(({name, description}) => {
    const lines = wrap({...style, width: rest}, description);
    return (lines.length === 0 ? [''] : lines).map((line, i) =>
      `${paint(style, 'title', padEnd(i === 0 ? name : '', names))}${line}`.trimEnd(),
    );
  });
}
