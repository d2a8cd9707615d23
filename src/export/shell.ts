import type {Setting} from './config-fragment.js';

/** A flag as bash reads it. */
export function shellWords(flag: Setting): string {
  return flag.map(word => quoted(String(word))).join(' ');
}

/** Flags as an array of bash, a flag a line. */
export function bashArray(name: string, flags: readonly Setting[]): string[] {
  return [`${name}=(`, ...flags.map(flag => `  ${shellWords(flag)}`), ')'];
}

function quoted(word: string): string {
  return /^[\w./:,=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
