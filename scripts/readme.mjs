/**
 * Writes the generated blocks of README.md anew; the prose around them stays.
 *
 * usage: npm run readme [-- name...]
 *
 * A block stands between `<!-- generated: name -->` and `<!-- end -->`; its name is a key of
 * readme/generated-blocks.mjs; without names all are written. Every figure in one comes out of dist/cli.js, so build first.
 */
import {readFile, writeFile} from 'node:fs/promises';
import {blockNames, replaceBlocks} from './readme/blocks.mjs';
import {renderBlocks} from './readme/generated-blocks.mjs';
import {inRepository} from './readme/repository.mjs';

const file = inRepository('README.md');
const wanted = process.argv.slice(2);
const before = await readFile(file, 'utf8');
const {contents, unavailable} = await renderBlocks(
  blockNames(before).filter(name => wanted.length === 0 || wanted.includes(name)),
);
const after = replaceBlocks(before, contents);
for (const name of unavailable) console.error(`kept ${name} as it was: its data are not here`);
if (after === before) {
  console.error('README.md is up to date');
} else {
  await writeFile(file, after);
  console.error('README.md rewritten');
}
