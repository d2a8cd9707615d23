import {displayWidth} from '../../report/terminal/display-width.js';
import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import {mark} from './marks.js';

/** Typed text with its cursor on at most `columns`; of a longer text, its end. */
export function inputField(style: TerminalStyle, text: string, columns: number): string {
  return paint(style, 'selected', ` ${typedEnd(style, text, columns - 2)} `);
}

/** The end of a typed text with its cursor, as much as fits into `columns`. */
export function typedEnd(style: TerminalStyle, text: string, columns: number): string {
  const characters = [...text];
  while (displayWidth(characters.join('')) >= columns) characters.shift();
  return `${characters.join('')}${mark(style, 'input')}`;
}
