/**
 * Checks the floors of src/: an import only goes to its own folder or to a floor below, and the
 * floors of pure functions use no package, clock, process or random source.
 *
 * usage: node scripts/check-floors.mjs [directory that holds src/]
 */
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {checkFile} from './floors/check-file.mjs';

const root = process.argv[2] ?? path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const sources = readdirSync(path.join(root, 'src'), {recursive: true, encoding: 'utf8'})
  .filter(file => /\.tsx?$/.test(file))
  .map(file => path.posix.join('src', file.split(path.sep).join('/')))
  .sort();
const problems = sources.flatMap(file => checkFile(file, readFileSync(path.join(root, file), 'utf8')));

for (const {file, line, message} of problems) console.error(`${file}:${line}  ${message}`);
const count = `${sources.length} ${sources.length === 1 ? 'file' : 'files'}`;
if (problems.length > 0) {
  console.error(`floors: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${count}`);
  process.exitCode = 1;
} else {
  console.log(`floors: ${count}, every import goes down`);
}
