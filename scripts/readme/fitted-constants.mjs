import {readdirSync, readFileSync} from 'node:fs';
import {parse} from 'yaml';
import {markdownTable} from './markdown-table.mjs';
import {inRepository} from './repository.mjs';

/** Names of a table of runs, or of a row of one, in a `source` or `fitted_to`. */
const runs = /(?:measurements|published-runs)\.csv|\b[A-Za-z]\w*-\d{4}\b/;

/** Constants in hardware-profiles/ that were fitted to rows of the tables of runs. */
export function fittedConstants() {
  const folder = inRepository('hardware-profiles');
  const rows = ['', 'accelerators/', 'boards/', 'fabrics/', 'frameworks/']
    .flatMap(prefix => readdirSync(`${folder}/${prefix}`).map(file => prefix + file))
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .flatMap(file => {
      const found = /** @type {string[][]} */ ([]);
      collect(parse(readFileSync(`${folder}/${file}`, 'utf8')), [], found);
      return found.map(cells => [file.replace('.yaml', ''), ...cells]);
    });
  return markdownTable([{title: 'profile'}, {title: 'constant'}, {title: 'its source says'}], rows);
}

/**
 * Walks a profile and notes every text that names a table of runs, with the path of what it speaks of.
 *
 * @param {unknown} value
 * @param {readonly string[]} path
 * @param {string[][]} found
 */
function collect(value, path, found) {
  if (typeof value === 'string') {
    if (/fitted/.test(`${path.at(-1)} ${value}`) && runs.test(value)) found.push([nameOf(path), value]);
  } else if (typeof value === 'object' && value !== null) {
    const level = 'level' in value && typeof value.level === 'string' ? value.level : null;
    for (const [key, child] of Object.entries(value)) {
      collect(child, level === null ? [...path, key] : [...path.slice(0, -1), level, key], found);
    }
  }
}

/**
 * `source` and `x_source` speak of what stands beside them.
 *
 * @param {readonly string[]} path
 */
function nameOf(path) {
  const last = path.at(-1) ?? '';
  const owner = last.endsWith('_source') ? [last.replace('_source', '')] : [];
  return `\`${[...path.slice(0, -1), ...owner].join('.')}\``;
}
