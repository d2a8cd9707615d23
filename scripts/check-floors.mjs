/**
 * Checks how src/ is built and how it reads:
 * - an import only goes to its own folder or to a floor below, inside plan-file and report too;
 * - the floors of pure functions use no package, clock, process or random source;
 * - an exported name is unique, files import each other in no circle, a folder has at most 12 files;
 * - doc comments stand alone, banned words are absent, functions take at most 5 parameters.
 *
 * scripts/floors/allowances.json lists what is not yet so: names, cycles, folders and imports one by
 * one, comments, words and parameters as a count a folder. An allowance that is no longer needed is a
 * problem, or a note where it is a count.
 *
 * usage: node scripts/check-floors.mjs [directory that holds src/] [--list src/FOLDER]
 */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {allowed, counted} from './floors/allowances.mjs';
import {checkFile} from './floors/check-file.mjs';

const {positionals, values} = parseArgs({allowPositionals: true, options: {list: {type: 'string'}}});
const root = positionals[0] ?? path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const sources = readdirSync(path.join(root, 'src'), {recursive: true, encoding: 'utf8'})
  .filter(file => /\.tsx?$/.test(file))
  .map(file => path.posix.join('src', file.split(path.sep).join('/')))
  .sort()
  .map(file => ({file, source: readFileSync(path.join(root, file), 'utf8')}));
const list = path.join(root, 'scripts/floors/allowances.json');
const allowances = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {};

/** @param {import('./floors/check-file.mjs').Problem} problem */
const show = ({file, line, message}) => `${file}:${line}  ${message}`;

const counts = counted(sources, allowances);
if (values.list !== undefined) {
  const folder = values.list;
  for (const finding of counts.findings) if (finding.file.startsWith(folder)) console.log(show(finding));
} else {
  const problems = [
    ...sources.flatMap(({file, source}) => checkFile(file, source)).map(show),
    ...allowed(sources, allowances),
    ...counts.problems,
  ];
  for (const problem of problems) console.error(problem);
  for (const note of counts.notes) console.log(note);
  const count = `${sources.length} ${sources.length === 1 ? 'file' : 'files'}`;
  if (problems.length > 0) {
    console.error(`floors: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${count}`);
    process.exitCode = 1;
  } else {
    console.log(`floors: ${count}, every import goes down`);
  }
}
