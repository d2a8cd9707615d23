import {displayWidth} from '../../report/page/display-width.js';
import type {TerminalStyle} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import {mark} from './marks.js';

/** Typed text with its cursor on at most `columns`; of a longer text, its end. */
export function inputField(page: TerminalStyle, text: string, columns: number): string {
  return paint(page, 'selected', ` ${typedEnd(page, text, columns - 2)} `);
}

/** The end of a typed text with its cursor, as much as fits into `columns`. */
export function typedEnd(page: TerminalStyle, text: string, columns: number): string {
  const characters = [...text];
  while (displayWidth(characters.join('')) >= columns) characters.shift();
  return `${characters.join('')}${mark(page, 'input')}`;
}
