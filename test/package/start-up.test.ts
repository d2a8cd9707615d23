import path from 'node:path';
import {build} from 'esbuild';
import {expect, test} from 'vitest';
import {bundleOptions} from '../../scripts/build/bundle-options.mjs';
import {packageDirectory} from '../../scripts/build/third-party-licenses.mjs';

/**
 * Packages that are evaluated as soon as the entry is, each with the chain of imports that asks for it.
 * Chunks behind `import()` are not.
 */
async function eagerPackages(entry: string): Promise<Record<string, string>> {
  const {metafile} = await build({
    ...bundleOptions(path.resolve('.')),
    entryPoints: [entry],
    outdir: 'dist',
    splitting: true,
    write: false,
  });
  const chains = new Map([[entry, entry]]);
  const packages: Record<string, string> = {};
  // A Map is walked in the order of insertion, entries added on the way included: breadth first.
  for (const [file, chain] of chains) {
    const directory = packageDirectory(file);
    if (directory !== null) packages[path.basename(directory)] ??= chain;
    for (const {path: imported, kind} of metafile.inputs[file]?.imports ?? []) {
      if (kind === 'dynamic-import' || chains.has(imported)) continue;
      chains.set(imported, directory === null ? `${chain} -> ${imported}` : chain);
    }
  }
  return packages;
}

// Start-up of each, in ms of CPU beyond an empty Node: mathjs 150, ink and react 115, zod and yaml 35.
test('walltime --help loads commander and no other package', async () => {
  expect(
    Object.keys(await eagerPackages('src/cli/main.ts')),
    'load the others by import() in the command',
  ).toEqual(['commander']);
});

test('the library loads neither the screens nor mathjs before they are asked for', async () => {
  const packages = await eagerPackages('src/index.ts');
  for (const heavy of ['ink', 'react', 'mathjs', 'commander']) expect(packages).not.toHaveProperty(heavy);
});
