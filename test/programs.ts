import {spawnSync} from 'node:child_process';
import {test} from 'vitest';

/** Daemons stand in /usr/sbin, which is not on every user's path. */
export const daemonPath = `${process.env.PATH}:/usr/sbin`;

/**
 * A `test` that needs programs, and a suffix for its title. It is skipped where one of them is missing;
 * in CI it is not, and fails.
 */
export function withPrograms(...programs: readonly string[]) {
  const missing = programs.filter(
    program => spawnSync('sh', ['-c', `PATH=${daemonPath} command -v ${program}`]).status !== 0,
  );
  const runs = missing.length === 0 || process.env.CI === 'true';
  return {test: runs ? test : test.skip, needed: runs ? '' : ` (skipped: no ${missing.join(', ')} here)`};
}
