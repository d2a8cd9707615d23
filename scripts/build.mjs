/**
 * Builds dist/: the command line and the library as self-contained bundles that share lazily loaded
 * chunks, the library's types, the compiled catalogue of profiles and models, and the licences of
 * what was bundled.
 *
 * Everything is written to a directory beside dist that takes its place at the end, so that a build
 * that fails, or runs while another process reads dist, leaves a whole dist behind.
 */
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {chmod, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {bundleOptions} from './build/bundle-options.mjs';
import {thirdPartyLicenses} from './build/third-party-licenses.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const finished = path.join(root, 'dist');
const output = path.join(root, `dist.${process.pid}`);
const replaced = path.join(root, `dist.${process.pid}.old`);

/** Bundled by themselves, without what only Node has. */
const browserEntries = {core: 'src/core.ts', scaling: 'src/scaling.ts'};
const entryPoints = {
  cli: 'src/cli/main.ts',
  index: 'src/index.ts',
  'tui-worker': 'src/tui/planning/threads/worker.ts',
  'search-worker': 'src/cli/search/search-worker.ts',
};
const catalogueCompiler = 'src/plan-file/library/compile-catalogue.ts';

try {
  const missing = Object.values({...entryPoints, ...browserEntries}).filter(
    source => !existsSync(path.join(root, source)),
  );
  if (missing.length > 0) throw new Error(`${missing.join(', ')}: no such file, nothing to build from`);
  await mkdir(output);
  await bundleProgram();
  await bundleForBrowsers();
  emitTypes();
  await compileCatalogue();
  await swapIntoPlace();
} catch (error) {
  await rm(output, {recursive: true, force: true});
  console.error(`build failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function bundleProgram() {
  const {metafile} = await build({
    ...bundleOptions(root),
    entryPoints,
    outdir: output,
    splitting: true,
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
  });
  await makeExecutable(path.join(output, 'cli.js'));
  await writeFile(path.join(output, 'THIRD_PARTY_LICENSES'), await thirdPartyLicenses(root, metafile));
}

/** The entries that run in a browser too: no banner that asks for Node, and mathjs in a chunk of its own. */
async function bundleForBrowsers() {
  await build({
    ...bundleOptions(root),
    platform: 'browser',
    target: 'es2023',
    banner: {},
    entryPoints: browserEntries,
    outdir: output,
    splitting: true,
    entryNames: '[name]',
    chunkNames: 'chunks/browser-[name]-[hash]',
  });
}

/** @param {string} script */
async function makeExecutable(script) {
  const source = await readFile(script, 'utf8');
  if (!source.startsWith('#!')) await writeFile(script, `#!/usr/bin/env node\n${source}`);
  await chmod(script, 0o755);
}

/** The declarations that the library's entries reach, and no others: they are its contract. */
function emitTypes() {
  const tsc = path.join(
    path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  run([tsc, '-p', path.join(root, 'tsconfig.build.json'), '--outDir', path.join(output, 'types')]);
}

/**
 * Runs the catalogue compiler with the output folder as its argument. It is bundled to the same depth
 * as dist/cli.js, so that a path relative to `import.meta.url` means the same in both.
 */
async function compileCatalogue() {
  if (!existsSync(path.join(root, catalogueCompiler))) return;
  const compiler = path.join(output, 'compile-catalogue.js');
  await build({...bundleOptions(root), entryPoints: [catalogueCompiler], outfile: compiler});
  run([compiler, path.join(output, 'catalogue')]);
  await rm(compiler);
}

async function swapIntoPlace() {
  if (existsSync(finished)) await rename(finished, replaced);
  await rename(output, finished);
  await rm(replaced, {recursive: true, force: true});
}

/** @param {string[]} command a script for this Node, and its arguments */
function run(command) {
  const {status, error} = spawnSync(process.execPath, command, {cwd: root, stdio: 'inherit'});
  if (error) throw error;
  if (status !== 0) throw new Error(`${path.basename(command[0] ?? '')} exited with ${status}`);
}
