import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

const legalFile = /^(licen[cs]e|copying|notice)/i;

/**
 * The licences of every package that has code in the bundles, each text as the package ships it.
 *
 * @param {string} root directory that the metafile's paths are relative to
 * @param {import('esbuild').Metafile} metafile
 */
export async function thirdPartyLicenses(root, metafile) {
  const sections = await Promise.all(
    bundledPackages(metafile).map(directory => describePackage(path.join(root, directory))),
  );
  return `walltime is distributed with code of the following packages.\n\n${sections.join('\n')}`;
}

/**
 * Directories of the packages that contribute bytes to an output, sorted.
 *
 * @param {import('esbuild').Metafile} metafile
 */
function bundledPackages(metafile) {
  const directories = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, {bytesInOutput}] of Object.entries(output.inputs)) {
      const directory = packageDirectory(input);
      if (directory !== null && bytesInOutput > 0) directories.add(directory);
    }
  }
  return [...directories].sort();
}

/**
 * node_modules/a/node_modules/@scope/b/lib/c.js -> node_modules/a/node_modules/@scope/b; null for our own files.
 *
 * @param {string} file
 */
export function packageDirectory(file) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? null;
}

/** @param {string} directory */
async function describePackage(directory) {
  const {name, version, license, author} = JSON.parse(
    await readFile(path.join(directory, 'package.json'), 'utf8'),
  );
  if (typeof license !== 'string') {
    throw new Error(`${directory}/package.json names no licence, so ${name} may not be bundled`);
  }
  const files = (await readdir(directory)).filter(file => legalFile.test(file)).sort();
  const texts = await Promise.all(files.map(file => readFile(path.join(directory, file), 'utf8')));
  const holder = typeof author === 'string' ? author : (author?.name ?? 'its authors');
  // A package without a licence text still names its licence and its author.
  const body = texts.length > 0 ? texts.map(text => text.trim()).join('\n\n') : `Copyright ${holder}`;
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${body}\n`;
}
