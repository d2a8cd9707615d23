import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const rounds = 10;

/**
 * Commands by what is measured; the first is what the others are divided by.
 *
 * @type {readonly {readonly what: string, readonly args: readonly string[], readonly bar: number | null}[]}
 */
const commands = [
  {what: 'node -e 0', args: ['-e', '0'], bar: null},
  {what: 'walltime --help', args: ['dist/cli.js', '--help'], bar: 1.6},
  {what: 'walltime simulate', args: ['dist/cli.js', 'simulate', 'plans/frontier-175b-dash2023.yaml'], bar: 4},
  {what: 'walltime plan', args: ['dist/cli.js', 'plan', 'plans/frontier-175b.yaml'], bar: null},
];

/**
 * CPU time of each command relative to an empty Node: medians of ten, taken in turns so that a change
 * of the machine's load falls on all of them alike.
 *
 * @returns {import('../bench.mjs').Row[]}
 */
export function run() {
  /** @type {number[][]} */
  const samples = commands.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, {args}] of commands.entries()) samples[i]?.push(cpuSeconds(args));
  }
  const medians = samples.map(median);
  const empty = medians[0] ?? Number.NaN;
  return commands.flatMap(({what, bar}, i) => {
    const seconds = medians[i] ?? Number.NaN;
    const milliseconds = {what: `${what}, CPU time`, value: seconds * 1000, unit: 'ms', bar: null};
    if (i === 0) return [milliseconds];
    const at = bar === null ? null : {at: bar, better: /** @type {const} */ ('lower')};
    return [
      milliseconds,
      {what: `${what}, against an empty Node`, value: seconds / empty, unit: 'x', bar: at},
    ];
  });
}

/**
 * User and system time of one run of Node. Node cannot read that of its children; bash's `time` can.
 *
 * @param {readonly string[]} args
 */
function cpuSeconds(args) {
  const script = 'TIMEFORMAT="%U %S"; { time "$@" >/dev/null; } 2>&1';
  const output = execFileSync('bash', ['-c', script, 'bash', process.execPath, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  const [user, system] = (output.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (user === undefined || system === undefined || Number.isNaN(user + system)) {
    throw new Error(
      `node ${args.join(' ')}: expected "user system" from bash's time, got ${JSON.stringify(output)}`,
    );
  }
  return user + system;
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const [below, above] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
  return ((sorted[below] ?? Number.NaN) + (sorted[above] ?? Number.NaN)) / 2;
}
