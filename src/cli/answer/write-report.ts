import {readFileSync, statSync} from 'node:fs';
import {writeAtomically} from '../../plan-file/edit/write-atomically.js';
import {writeNewFile} from '../../plan-file/edit/write-new-file.js';
import type {Problem} from '../../plan-file/problem.js';
import {errorCode} from '../../plan-file/read-text.js';
import {problemOfFile} from '../../plan-file/source.js';
import {isReport} from '../../report/html/page.js';

/**
 * Writes an HTML report as a new file or over an earlier report. Any other file stays as it is, and the
 * problem is returned.
 */
export function writeReport(path: string, html: string): Problem | null {
  const earlier = earlierReport(path);
  if (earlier === null) return writeNewFile(path, html);
  const fault = writeAtomically(path, earlier, html);
  return fault === null ? null : problemOfFile(path, fault);
}

function earlierReport(path: string): string | null {
  try {
    if (!statSync(path).isFile()) return null;
    const text = readFileSync(path, 'utf8');
    return isReport(text) ? text : null;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}
