import {readdirSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {readText} from '../plan-file/read-text.js';

/** More are too many to choose from, and to read while a key waits. */
const most = 200;

/** Paths of the plan files in the folder of a plan, in that where the program was started, and in its `plans`. */
export function planFilesNear(plan: string | null): readonly string[] {
  const folders = [...(plan === null ? [] : [dirname(plan)]), '.', 'plans'];
  const files = folders.flatMap(yamlFilesIn).map(fromHere);
  const own = plan === null ? null : fromHere(plan);
  return [...new Set(files)]
    .filter(path => path !== own)
    .slice(0, most)
    .filter(isPlan);
}

/** One path for each file, however its folder was named. */
function fromHere(path: string): string {
  const short = relative('.', path);
  return short.startsWith('..') ? path : short;
}

function yamlFilesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter(name => /\.ya?ml$/i.test(name));
    return names.sort().map(name => join(folder, name));
  } catch {
    // No such folder, or not ours to read.
    return [];
  }
}

/** Every plan file says which format it has. */
function isPlan(path: string): boolean {
  const read = readText(path);
  return 'text' in read && /^walltime\s*:/m.test(read.text);
}
