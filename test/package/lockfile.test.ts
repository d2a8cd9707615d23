import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const {packages} = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

/** Where Node would look for a dependency of the package at `location`, the nearest first. */
function candidates(location: string, name: string): string[] {
  const folders = location.split('/node_modules/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
  return [...folders.reverse().map(folder => `${folder}/node_modules/${name}`), `node_modules/${name}`];
}

test('the lockfile names no download host, so that any registry can serve it', () => {
  expect(Object.entries(packages).filter(([, {resolved}]) => resolved !== undefined)).toEqual([]);
});

test('every locked package has its checksum', () => {
  const unsigned = Object.entries(packages).filter(([location, {integrity}]) => location && !integrity);
  expect(unsigned).toEqual([]);
});

// npm ci refuses a lockfile that lacks the build of a tool for one platform, even on another platform.
test('the lockfile holds every optional package of every tool', () => {
  const missing = Object.entries(packages).flatMap(([location, {optionalDependencies = {}}]) =>
    Object.keys(optionalDependencies).filter(name => !candidates(location, name).some(at => at in packages)),
  );
  expect(missing).toEqual([]);
});
