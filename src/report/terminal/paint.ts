import type {TerminalStyle} from './terminal-style.js';

/**
 * Colours by meaning, from the palette of Okabe and Ito 2008 ("Color Universal Design"), which holds for
 * the common kinds of colour blindness; nothing is shown by colour alone. Numbers are of the 256-colour
 * palette of terminals.
 */
const codes = {
  title: '1',
  quiet: '2',
  good: '38;5;36',
  warning: '38;5;214',
  bad: '38;5;166',
  /** Under the cursor. */
  selected: '7',
  /** Held fast by the plan. */
  pinned: '1;30;48;5;214',
  first: '38;5;32',
  second: '38;5;214',
  third: '38;5;36',
  fourth: '38;5;175',
  fifth: '38;5;247',
} as const;

export type Paint = keyof typeof codes;

/** `text` in a colour, if the terminal shows colours. */
export function paint({color}: TerminalStyle, name: Paint, text: string): string {
  return color && text !== '' ? `\u001b[${codes[name]}m${text}\u001b[0m` : text;
}
