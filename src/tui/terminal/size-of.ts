import type {WriteStream} from 'node:tty';
import type {Size} from '../state/state.js';

/** Size of a terminal; one that does not tell it has that of old. */
export function sizeOf({columns, rows}: WriteStream): Size {
  return {columns: columns || 80, rows: rows || 24};
}
