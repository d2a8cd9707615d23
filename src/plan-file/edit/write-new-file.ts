import {writeFileSync} from 'node:fs';
import type {Problem} from '../problem.js';
import {errorCode} from '../read-text.js';
import {problemOfFile} from '../source.js';

/** Writes a file that is not there yet; a problem where one is, or where none can be written. */
export function writeNewFile(path: string, text: string): Problem | null {
  try {
    writeFileSync(path, text, {flag: 'wx'});
    return null;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') {
      const hint = 'choose another name, or remove it first';
      return problemOfFile(path, {message: 'is there already, and is not overwritten', hint});
    }
    return problemOfFile(path, {
      message: `cannot be written (${code})`,
      hint: 'choose a folder that exists and may be written to',
    });
  }
}
