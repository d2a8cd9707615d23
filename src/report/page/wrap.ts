import {displayWidth} from './display-width.js';
import {type TerminalStyle, textWidth} from './page.js';

export interface WrapOptions {
  readonly indent?: string;
  /** Indent of the lines behind the first; absent: the same. */
  readonly hanging?: string;
}

/** Breaks a paragraph between words; a word longer than the line gets a line of its own. */
export function wrap(page: TerminalStyle, text: string, options: WrapOptions = {}): string[] {
  const {indent = '', hanging = indent} = options;
  return fill(
    page,
    text.split(/\s+/).filter(word => word !== ''),
    ' ',
    indent,
    hanging,
  );
}

/** Puts pieces behind each other, as many to a line as fit; one that is wider than a line is broken between words. */
export function flow(page: TerminalStyle, pieces: readonly string[], gap = '   ', indent = ''): string[] {
  const room = textWidth(page) - displayWidth(indent);
  const whole = pieces.flatMap(piece =>
    displayWidth(piece) > room ? wrap({...page, width: room}, piece) : [piece],
  );
  return fill(page, whole, gap, indent, indent);
}

function fill(
  page: TerminalStyle,
  pieces: readonly string[],
  gap: string,
  indent: string,
  hanging: string,
): string[] {
  const limit = textWidth(page);
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const start = lines.length === 0 ? indent : hanging;
    if (line !== '' && displayWidth(start + line + gap + piece) > limit) {
      lines.push(start + line);
      line = piece;
    } else line = line === '' ? piece : line + gap + piece;
  }
  return line === '' ? lines : [...lines, (lines.length === 0 ? indent : hanging) + line];
}
