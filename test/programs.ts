import {spawnSync} from 'node:child_process';
import {test} from 'vitest';

/** Daemons stand in /usr/sbin, which is not on every user's path. */
export const daemonPath = `${process.env.PATH}:/usr/sbin`;

/** The system's own Python, whose modules the package manager installs. */
export const systemPython = '/usr/bin/python3';

/**
 * A `test` that needs programs, and a suffix for its title. It is skipped where one of them is missing;
 * in CI it is not, and fails. `python3:torch` is a module of the system's Python.
 */
export function withPrograms(...programs: readonly string[]) {
  const missing = programs.filter(program => !isInstalled(program));
  const runs = missing.length === 0 || process.env.CI === 'true';
  return {test: runs ? test : test.skip, needed: runs ? '' : ` (skipped: no ${missing.join(', ')} here)`};
}

function isInstalled(program: string): boolean {
  const [, module] = /^python3:(\w+)$/.exec(program) ?? [];
  if (module !== undefined) return spawnSync(systemPython, ['-c', `import ${module}`]).status === 0;
  return spawnSync('sh', ['-c', `PATH=${daemonPath} command -v ${program}`]).status === 0;
}
