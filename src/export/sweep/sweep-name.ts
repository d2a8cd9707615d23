import {basename, extname} from 'node:path';

/** Shards of an exported sweep; a job array may have any number. */
export const sweepShards = 8;

/** Name of a job and of the folder of its shards, from the plan's file: letters, digits and dashes. */
export function sweepName(file: string): string {
  const stem = basename(file, extname(file)).toLowerCase();
  const name = stem.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  // Kubernetes names have at most 63 characters.
  return `walltime-${name === '' ? 'plan' : name.slice(0, 40).replace(/-$/, '')}`;
}

/** One word of a shell, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
