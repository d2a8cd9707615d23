import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';

const root = path.resolve('.');
const home = mkdtempSync(path.join(tmpdir(), 'walltime-install-'));
const installed = path.join(home, 'node_modules/walltime');

/** Output of a command run where walltime is installed and nothing of the repository is in sight. */
const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, {cwd: home, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});

// The tarball takes dist as `npm test` has just built it: building here would pull it from under other tests.
beforeAll(() => {
  const [tarball] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  ) as {filename: string}[];
  writeFileSync(path.join(home, 'package.json'), '{"private": true, "type": "module"}');
  run('npm', 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', `./${tarball?.filename}`);
}, 120_000);

afterAll(() => rmSync(home, {recursive: true}));

test('the tarball installs offline: it has no dependencies', () => {
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as object;
  expect(manifest).not.toHaveProperty('dependencies');
});

test('an installed walltime answers --help', () => {
  expect(run('npx', '--offline', 'walltime', '--help')).toContain('Usage: walltime');
});

test('an installed walltime plans with the profiles and models of its own package', () => {
  const plan = path.join(installed, 'plans/frontier-175b.yaml');
  const {best, search} = JSON.parse(run('npx', '--offline', 'walltime', 'plan', plan, '--json')) as Record<
    string,
    unknown
  >;
  expect(best).toBeTypeOf('object');
  expect(search).toBeTypeOf('object');
});

test('a program that imports the library runs, and type-checks with nothing else installed', () => {
  writeFileSync(
    path.join(home, 'program.ts'),
    "import * as walltime from 'walltime';\nimport * as scaling from 'walltime/scaling';\nimport * as core from 'walltime/core';\nexport const names = [walltime, scaling, core].flatMap(Object.keys);\n",
  );
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  run(
    process.execPath,
    tsc,
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    '',
    'program.ts',
  );
  const names = run(
    process.execPath,
    '--input-type=module',
    '-e',
    "console.log(Object.keys({...await import('walltime'), ...await import('walltime/scaling')}).length)",
  );
  expect(Number(names)).toBeGreaterThan(50);
});

test('the licences of all bundled packages are in the tarball', () => {
  const licenses = readFileSync(path.join(installed, 'dist/THIRD_PARTY_LICENSES'), 'utf8');
  expect(licenses).toMatch(/^commander \d/m);
});
