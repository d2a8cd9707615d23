/**
 * Errors of the collectives model on measured collectives, by machine and operation.
 *
 * usage: node scripts/fit/collectives.mjs [--rows FILE] [tables]
 *
 * --rows FILE  writes every priced row with its predicted seconds there
 * tables       default: collectives.csv, -2, -3 and -4 of ../shared/measurements
 *
 * Rows with a flag are priced and not counted.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const {values, positionals} = parseArgs({allowPositionals: true, options: {rows: {type: 'string'}}});
const outfile = path.join(root, 'node_modules/.cache/fit/collective-errors.mjs');
await build({
  entryPoints: [path.join(root, 'scripts/fit/collective-errors.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
});
const {priceRows, readProfiles} = await import(pathToFileURL(outfile).href);

const shared = path.join(root, '../shared/measurements');
const tables =
  positionals.length > 0
    ? positionals
    : ['collectives.csv', 'collectives-2.csv', 'collectives-3.csv', 'collectives-4.csv'].map(name =>
        path.join(shared, name),
      );

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
/** @param {readonly number[]} numbers */
const mean = numbers => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
/** @param {number} x */
const percent = x => (100 * x).toFixed(1).padStart(7);

/**
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => string} key
 */
function groupBy(items, key) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

const profiles = await readProfiles();
/** @type {string[]} */
const lines = [
  'table,id,machine,op,profile,nodes,devices_per_node,bytes,measured,predicted,flag,library,settings',
];
for (const table of tables) {
  const rows = priceRows(readFileSync(table, 'utf8'), profiles);
  for (const {row, machine, op, profile, measured, predicted} of rows) {
    const cells = [path.basename(table), row.id, machine, op, profile, row.nodes, row.gpus_per_node];
    cells.push(row.bytes ?? row.size_bytes, measured, predicted, row.flag ?? '', row.library, row.settings);
    lines.push(cells.map(cell => `"${String(cell ?? '').replaceAll('"', '')}"`).join(','));
  }
  const unflagged = rows.filter((/** @type {any} */ {row}) => !row.flag && row.confidence !== 'low');
  const answered = unflagged.filter((/** @type {any} */ {reason}) => reason === null);
  const groups = groupBy(unflagged, (/** @type {any} */ row) => `${row.machine} | ${row.op}`);
  console.log(`\n${path.basename(table)}: ${answered.length} of ${unflagged.length} unflagged rows answered`);
  /** @type {number[]} */
  const medians = [];
  for (const [name, all] of groups) {
    const own = all.filter((/** @type {any} */ {reason}) => reason === null);
    const reasons = [...new Set(all.map((/** @type {any} */ {reason}) => reason))].filter(Boolean).join('; ');
    if (own.length === 0) {
      console.log(`   none of ${String(all.length).padStart(4)}                  ${name}  (${reasons})`);
      continue;
    }
    const ratios = own.map((/** @type {any} */ {predicted, measured}) => predicted / measured);
    const errors = ratios.map((/** @type {number} */ ratio) => Math.abs(ratio - 1));
    medians.push(median(errors));
    const profilesOf = [...new Set(own.map((/** @type {any} */ {profile}) => profile))].join(' ');
    console.log(
      `${percent(median(errors))} ${percent(mean(errors))} ${percent(median(ratios) - 1)} ${String(own.length).padStart(5)} of ${String(all.length).padStart(4)}  ${name}  [${profilesOf}] ${reasons}`,
    );
  }
  console.log(`median over ${medians.length} slices of the median error: ${percent(median(medians))} %`);
}
if (values.rows !== undefined) writeFileSync(values.rows, `${lines.join('\n')}\n`);
