import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import {wrap} from '../../report/terminal/wrap.js';

/** A title and text in the same paragraph. */
export function titled(style: TerminalStyle, title: string, text: string): string[] {
  return wrap(style, `${title}  ${text}`, {hanging: '  '}).map((line, i) =>
    i === 0 && line.startsWith(title) ? paint(style, 'title', title) + line.slice(title.length) : line,
  );
}
