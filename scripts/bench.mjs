/**
 * Runs the benchmarks of scripts/bench/ and prints each figure beside its bar.
 *
 * usage: npm run bench [-- name...]
 *
 * A benchmark is one file that exports `run`, which returns rows; its name is the file's. Bars are
 * ratios or rates that hold on any machine, so a run under load still says something.
 */
import {readdirSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

/**
 * @typedef {object} Row
 * @property {string} what what was measured
 * @property {number} value
 * @property {string} unit
 * @property {{readonly at: number, readonly better: 'lower' | 'higher'} | null} bar null: for information
 */

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'bench');
const names = readdirSync(folder)
  .filter(file => file.endsWith('.mjs'))
  .map(file => path.parse(file).name)
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !names.includes(name));

if (unknown.length > 0) {
  console.error(`no benchmark is called ${unknown.join(', ')}: choose from ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  for (const name of names.filter(known => wanted.length === 0 || wanted.includes(known))) {
    const {run} = await import(pathToFileURL(path.join(folder, `${name}.mjs`)).href);
    console.log(name);
    for (const row of await run()) console.log(`  ${formatRow(row)}`);
  }
}

/** @param {Row} row */
function formatRow({what, value, unit, bar}) {
  const figure = `${what.padEnd(52)} ${value.toPrecision(3).padStart(9)} ${unit}`;
  if (bar === null) return figure;
  const met = bar.better === 'lower' ? value <= bar.at : value >= bar.at;
  return `${figure.padEnd(80)} bar ${bar.better === 'lower' ? '<=' : '>='} ${bar.at}  ${met ? 'met' : 'MISSED'}`;
}
