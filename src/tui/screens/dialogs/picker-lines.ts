import {fit} from '../../../report/terminal/display-width.js';
import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import {matchingEntries, type Picker} from '../../state/picker.js';
import {firstShown} from '../../widgets/list-window.js';
import {mark} from '../../widgets/marks.js';

/** The entries of a list around the cursor, on at most `rows` lines as wide as the terminal. */
export function pickerLines(style: TerminalStyle, picker: Picker, rows: number): string[] {
  const found = matchingEntries(picker);
  if (found.length === 0) return [paint(style, 'quiet', nothing(picker))];
  const room = Math.max(1, rows - 1);
  const first = firstShown(found.length, picker.index, room);
  const kinds = Math.max(0, ...found.map(({kind}) => kind.length));
  const lines = found.slice(first, first + room).map(({kind, label}, i) => {
    const here = first + i === picker.index;
    const cursor = here ? `${mark(style, 'cursor')} ` : '  ';
    const text = fit(`${cursor}${kinds > 0 ? `${kind.padEnd(kinds)}  ` : ''}${label}`, style.width);
    return here ? paint(style, 'selected', text) : text;
  });
  const more = found.length - first - lines.length;
  return more > 0 ? [...lines, paint(style, 'quiet', `  ${more} more`)] : lines;
}

function nothing({takesPath}: Picker): string {
  return takesPath === true ? '  nothing matches: enter takes it as the path of a plan' : '  nothing matches';
}
