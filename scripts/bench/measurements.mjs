import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const measurements = path.join(root, '../shared/measurements');
const numRows = 200;

/**
 * CPU time of the validation of every measured run at hand, and of a calibration of 200 rows.
 *
 * @returns {import('../bench.mjs').Row[]}
 */
export function run() {
  const bulk = ['measurements.csv', 'out_of_memory.csv']
    .map(file => path.join(measurements, file))
    .filter(existsSync);
  const shipped = path.join(root, 'hardware-profiles/measurements/published-runs.csv');
  const tables = bulk.length > 0 ? bulk : [shipped];
  const lines = tables.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 2, 0);
  const folder = mkdtempSync(path.join(tmpdir(), 'walltime-bench-'));
  try {
    const table = path.join(folder, 'rows.csv');
    const rows = rowsToFit(readFileSync(/** @type {string} */ (tables[0]), 'utf8'));
    writeFileSync(table, rows.join('\n'));
    const out = path.join(folder, 'machine.yaml');
    const fit = ['calibrate', table, '--hardware', 'a100-80gb', '--software', 'mine', '--out', out];
    return [
      {
        what: `validate, ${lines} rows, CPU time`,
        value: cpuSeconds(['validate', ...tables]),
        unit: 's',
        bar: {at: 10, better: 'lower'},
      },
      {
        what: `calibrate, ${rows.length - 1} rows, CPU time`,
        value: cpuSeconds(fit),
        unit: 's',
        bar: {at: 60, better: 'lower'},
      },
    ];
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/**
 * The header and rows of one sweep source with a step time; of the shipped table what there is.
 *
 * @param {string} text
 */
function rowsToFit(text) {
  const [header = '', ...lines] = text.split(/\r?\n/);
  const aleph = lines.filter(line => line.startsWith('aleph-'));
  const source = aleph.length >= numRows ? aleph : lines.filter(line => line.startsWith('llmf-'));
  return [header, ...source.slice(0, numRows)];
}

/**
 * User and system time of a command; bash's `time` reads that of a child.
 *
 * @param {readonly string[]} args
 */
function cpuSeconds(args) {
  const script = 'TIMEFORMAT="%U %S"; { time "$@" >/dev/null; } 2>&1';
  const command = [process.execPath, path.join(root, 'dist/cli.js'), ...args];
  const output = execFileSync('bash', ['-c', script, 'bash', ...command], {cwd: root, encoding: 'utf8'});
  const [user = Number.NaN, system = Number.NaN] = (output.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  if (Number.isNaN(user + system)) throw new Error(`walltime ${args.join(' ')}: ${output}`);
  return user + system;
}
