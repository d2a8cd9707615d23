import {randomBytes} from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import type {Fault} from '../quantity/parse-quantity.js';
import {errorCode} from '../read-text.js';

/**
 * Replaces the text of a file, whole or not at all: the new text is written to a neighbouring file and renamed.
 * Mode and link target stay. Null when done; a fault when the file changed since `before` was read
 * from it, or may not be written.
 */
export function writeAtomically(path: string, before: string, after: string): Fault | null {
  try {
    const target = realpathSync(path);
    if (!readFileSync(target).equals(Buffer.from(before))) {
      return {message: 'changed since it was read', hint: 'run the command again'};
    }
    replaceFile(target, after);
    return null;
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return {
      message: `cannot be written (${code})`,
      hint: 'check that the folder is there, writable and not full',
    };
  }
}

/** Writes a file whole or not at all, whether or not it is there; throws what the system objects to. */
export function replaceFile(target: string, text: string): void {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(temporary, modeOf(target));
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, {force: true});
    throw error;
  }
}

const defaultMode = 0o644;

function modeOf(target: string): number {
  const stats = statSync(target, {throwIfNoEntry: false});
  return stats === undefined ? defaultMode : stats.mode & 0o7777;
}
