import type {WriteStream} from 'node:tty';
import type {TerminalSize} from '../state/state.js';

/** Terminal size; 80 x 24 if the terminal does not report it. */
export function terminalSize({columns, rows}: WriteStream): TerminalSize {
  return {columns: columns || 80, rows: rows || 24};
}
