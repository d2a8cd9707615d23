import {displayWidth} from './display-width.js';
import {type TerminalStyle, textWidth} from './terminal-style.js';

export interface WrapOptions {
  readonly indent?: string;
  /** Indent of the lines after the first; absent: the same. */
  readonly hanging?: string;
}

/** Breaks a paragraph between words; a word longer than the line gets a line of its own. */
export function wrap(style: TerminalStyle, text: string, options: WrapOptions = {}): string[] {
  const {indent = '', hanging = indent} = options;
  return fill(
    style,
    text.split(/\s+/).filter(word => word !== ''),
    ' ',
    indent,
    hanging,
  );
}

/** Fills lines with pieces. A piece that is wider than a line is broken between words. */
export function flow(style: TerminalStyle, pieces: readonly string[], gap = '   ', indent = ''): string[] {
  const room = textWidth(style) - displayWidth(indent);
  const whole = pieces.flatMap(piece =>
    displayWidth(piece) > room ? wrap({...style, width: room}, piece) : [piece],
  );
  return fill(style, whole, gap, indent, indent);
}

function fill(
  style: TerminalStyle,
  pieces: readonly string[],
  gap: string,
  indent: string,
  hanging: string,
): string[] {
  const limit = textWidth(style);
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
