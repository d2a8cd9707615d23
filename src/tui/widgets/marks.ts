import type {TerminalStyle} from '../../report/terminal/terminal-style.js';

/** Signs of the screens, each with its form in ASCII. */
const marks = {
  cursor: ['▸', '>'],
  list: ['▸', '>'],
  pin: ['●', '*'],
  input: ['▏', '_'],
  none: ['—', '-'],
  working: ['◌', '~'],
  done: ['✓', '='],
  order: ['↓', '^'],
  separator: ['│', '|'],
  enter: ['⏎', 'enter'],
  upDown: ['↑↓', 'up/down'],
  leftRight: ['←→', 'left/right'],
} as const;

export function mark({unicode}: TerminalStyle, name: keyof typeof marks): string {
  return marks[name][unicode ? 0 : 1];
}
