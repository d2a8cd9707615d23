import {randomBytes} from 'node:crypto';
import {existsSync, linkSync, rmSync, writeFileSync} from 'node:fs';
import type {Problem} from '../problem.js';
import type {Fault} from '../quantity/parse-quantity.js';
import {errorCode} from '../read-text.js';
import {problemOfFile} from '../source.js';

const taken: Fault = {
  message: 'is there already, and is not overwritten',
  hint: 'choose another name, or remove it first',
};

/**
 * Writes a file that is not there yet, whole or not at all; a problem where one is, or where none can be
 * written.
 */
export function writeNewFile(path: string, text: string): Problem | null {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    if (existsSync(path)) return problemOfFile(path, taken);
    writeFileSync(temporary, text, {flag: 'wx'});
    linkOrWrite(temporary, path, text);
    return null;
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    if (code === 'EEXIST') return problemOfFile(path, taken);
    return problemOfFile(path, {
      message: `cannot be written (${code})`,
      hint: 'choose a folder that exists and may be written to',
    });
  } finally {
    rmSync(temporary, {force: true});
  }
}

/** Why no file can be written at `path`, where one is already; null: one may. Before work that would be lost. */
export function takenPath(path: string): Problem | null {
  return existsSync(path) ? problemOfFile(path, taken) : null;
}

/** A second name for the finished file appears at once; where a file system has none, the file is written in place. */
function linkOrWrite(temporary: string, path: string, text: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error;
    writeFileSync(path, text, {flag: 'wx'});
  }
}
