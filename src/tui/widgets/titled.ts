import type {TerminalStyle} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import {wrap} from '../../report/page/wrap.js';

/** A title and text in the same paragraph. */
export function titled(page: TerminalStyle, title: string, text: string): string[] {
  return wrap(page, `${title}  ${text}`, {hanging: '  '}).map((line, i) =>
    i === 0 && line.startsWith(title) ? paint(page, 'title', title) + line.slice(title.length) : line,
  );
}
