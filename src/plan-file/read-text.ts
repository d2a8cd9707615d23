import {readdirSync, readFileSync, type Stats, statSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import {nearestWord} from './nearest-word.js';
import type {Fault} from './quantity/parse-quantity.js';

/** Plans and profiles are kilobytes; a larger file is not one of them, and is refused before it is read. */
const LARGEST_FILE_BYTES = 1024 * 1024;

/** A text with the name of the file that it came from. */
export interface FileText {
  readonly path: string;
  readonly text: string;
}

/** Text of a file that a person named, or why it is not text. A byte order mark stays in the text. */
export function readText(path: string): {readonly text: string} | Fault {
  const stats = statFile(path);
  if ('message' in stats) return stats;
  if (stats.isDirectory()) return {message: 'is a directory', hint: 'name a file in it'};
  if (!stats.isFile()) return {message: 'is not a regular file', hint: 'name a YAML file'};
  if (stats.size > LARGEST_FILE_BYTES) {
    return {
      message: `has ${stats.size} bytes, above the limit of ${LARGEST_FILE_BYTES}`,
      hint: 'name a YAML file',
    };
  }
  const bytes = readBytes(path);
  if ('message' in bytes) return bytes;
  if (bytes.includes(0)) return {message: 'is binary', hint: 'name a YAML file, in UTF-8'};
  return decode(bytes);
}

function statFile(path: string): Stats | Fault {
  try {
    return statSync(path);
  } catch (error) {
    return fileFault(path, error);
  }
}

function readBytes(path: string): Buffer | Fault {
  try {
    return readFileSync(path);
  } catch (error) {
    return fileFault(path, error);
  }
}

function decode(bytes: Buffer): {readonly text: string} | Fault {
  try {
    return {text: new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)};
  } catch (error) {
    if (error instanceof TypeError) return {message: 'is not UTF-8', hint: 'save it as UTF-8'};
    throw error;
  }
}

/** Error of the operating system as a problem with a hint. */
function fileFault(path: string, error: unknown): Fault {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return {message: 'no such file', hint: nearbyFile(path)};
  if (code === 'EACCES' || code === 'EPERM')
    return {message: 'may not be read', hint: 'check its permissions'};
  if (code === 'ELOOP') return {message: 'is a link to itself', hint: 'name the file itself'};
  if (code === 'ENAMETOOLONG' || code === 'ERR_INVALID_ARG_VALUE') {
    return {message: 'is not a file name', hint: 'name a YAML file'};
  }
  throw error;
}

export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function nearbyFile(path: string): string {
  try {
    const nearest = nearestWord(basename(path), readdirSync(dirname(path)));
    return nearest === null ? 'check the path' : `did you mean ${nearest}?`;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return `there is no folder ${dirname(path)}`;
  }
}
