import {readdirSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {readText} from '../plan-file/read-text.js';

/** Files that are read at most, while a key waits. */
const mostFiles = 200;

/** Paths of the plan files in the plan's folder, in the working directory, and in its folder `plans`. */
export function planFilesNear(plan: string | null): readonly string[] {
  const folders = [...(plan === null ? [] : [dirname(plan)]), '.', 'plans'];
  const files = folders.flatMap(yamlFilesIn).map(fromWorkingDirectory);
  const own = plan === null ? null : fromWorkingDirectory(plan);
  return [...new Set(files)]
    .filter(path => path !== own)
    .slice(0, mostFiles)
    .filter(isPlan);
}

/** One path for a file, however its folder was named. */
function fromWorkingDirectory(path: string): string {
  const short = relative('.', path);
  return short.startsWith('..') ? path : short;
}

function yamlFilesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter(name => /\.ya?ml$/i.test(name));
    return names.sort().map(name => join(folder, name));
  } catch {
    // The folder does not exist or may not be read.
    return [];
  }
}

/** True if the file states the format of plan files. */
function isPlan(path: string): boolean {
  const read = readText(path);
  return 'text' in read && /^walltime\s*:/m.test(read.text);
}
