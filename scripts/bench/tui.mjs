import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {cpuSeconds, openPseudoTerminal, residentBytes} from './terminal/pseudo-terminal.mjs';

const size = {columns: 120, rows: 40};
const keysOfAPlan = 20;
const idleSeconds = 5;
const changes = 20_000;
/** Before memory is first measured, so that caches and compiled code are there. */
const warmUpChanges = 4000;
const right = '\u001b[C';
const left = '\u001b[D';
const down = '\u001b[B';

/** @param {string} file */
const command = file => [process.execPath, 'dist/cli.js', 'tui', file];

/**
 * The interactive planner end to end in a pseudo-terminal: key presses that change the number of devices
 * and so the whole plan, start, rest, and an hour of changes.
 *
 * @returns {Promise<import('../bench.mjs').Row[]>}
 */
export async function run() {
  const plans = readdirSync('plans')
    .filter(file => file.endsWith('.yaml'))
    .map(file => path.join('plans', file));
  const starts = [];
  const waits = [];
  let idle = 0;
  for (const file of plans) {
    const started = performance.now();
    const terminal = openPseudoTerminal(command(file), size);
    starts.push((await terminal.until(picture => picture.includes('walltime'))) - started);
    waits.push(...(await keyWaits(terminal)));
    if (file === plans[0]) idle = await idleShare(terminal);
    await terminal.end();
  }
  const grown = await grownBytes();
  const lower = /** @type {const} */ ('lower');
  return [
    {
      what: 'key to picture while planning, median',
      value: quantile(waits, 0.5),
      unit: 'ms',
      bar: {at: 50, better: lower},
    },
    {
      what: 'key to picture while planning, 95 of 100',
      value: quantile(waits, 0.95),
      unit: 'ms',
      bar: {at: 150, better: lower},
    },
    {what: 'key presses', value: waits.length, unit: '', bar: null},
    {
      what: 'first picture after the start, median',
      value: quantile(starts, 0.5),
      unit: 'ms',
      bar: {at: 700, better: lower},
    },
    {what: 'CPU at rest', value: idle * 100, unit: '%', bar: {at: 1, better: lower}},
    {
      what: `memory in use that ${changes} changes add`,
      value: grown.live / 1e6,
      unit: 'MB',
      bar: {at: 20, better: lower},
    },
    // How large a heap is kept for what is in use goes up and down by tens of MB with the machine's load.
    {what: 'resident memory, likewise', value: grown.resident / 1e6, unit: 'MB', bar: null},
  ];
}

/**
 * Steps the number of devices up and down, each before the answer to the last.
 *
 * @param {import('./terminal/pseudo-terminal.mjs').PseudoTerminal} terminal
 */
async function keyWaits(terminal) {
  // Every plan states its size in the third field; each value of it is drawn in a line of its own.
  terminal.send(`${down}${down}`);
  let base = '';
  await terminal.until(picture => {
    base = sizeIn(picture) ?? '';
    return base !== '';
  });
  const waits = [];
  for (let press = 0; press < keysOfAPlan; press += 1) {
    const isUp = press % 2 === 0;
    const sent = performance.now();
    terminal.send(isUp ? right : left);
    const seen = await terminal.until(picture => {
      const value = sizeIn(picture);
      return value !== null && (value === base) !== isUp;
    });
    waits.push(seen - sent);
    await rest(30 + (press % 5) * 30);
  }
  return waits;
}

/** The size under the cursor as it was last drawn. @param {string} picture */
function sizeIn(picture) {
  return [...picture.matchAll(/▸ (?:nodes|devices) +([\d.]+)/g)].at(-1)?.[1] ?? null;
}

/** @param {import('./terminal/pseudo-terminal.mjs').PseudoTerminal} terminal */
async function idleShare(terminal) {
  const pid = terminal.pid();
  // Until what was asked for is answered.
  for (let before = -1; before !== cpuSeconds(pid); await rest(1000)) before = cpuSeconds(pid);
  const before = cpuSeconds(pid);
  await rest(idleSeconds * 1000);
  return (cpuSeconds(pid) - before) / idleSeconds;
}

/**
 * Changes of a plan that pins its layout, so that planning takes little beside drawing. Memory in use is
 * what a collection leaves on the heaps of all threads.
 */
async function grownBytes() {
  const folder = mkdtempSync(path.join(tmpdir(), 'walltime-bench-memory-'));
  const hook = fileURLToPath(new URL('terminal/live-memory.mjs', import.meta.url));
  const [node = '', ...args] = command('plans/llama-3-8b-frontier.yaml');
  const measured = ['env', `BENCH_MEMORY=${folder}`, node, '--expose-gc', '--import', hook, ...args];
  const terminal = openPseudoTerminal(measured, size);
  await terminal.until(picture => picture.includes('certified'));
  terminal.send(down.repeat(5));
  await terminal.until(picture => /▸ tokens/.test(picture));
  const pid = terminal.pid();
  let settled = {live: 0, resident: 0};
  const atOnce = 100;
  for (let done = 0; done < changes; done += atOnce) {
    if (done === warmUpChanges) settled = await memoryOf(pid, folder);
    terminal.send((right + left).repeat(atOnce / 2 - 1) + right + right);
    await terminal.until(picture => /▸ tokens/.test(picture));
    terminal.send(left + left);
    await terminal.until(picture => /▸ tokens/.test(picture));
  }
  const after = await memoryOf(pid, folder);
  await terminal.end();
  rmSync(folder, {recursive: true});
  return {live: after.live - settled.live, resident: after.resident - settled.resident};
}

/** The screen and the planner that answers at once; one more works on slow questions and may come later. */
const leastThreads = 2;
/** In which a thread that is planning comes to answer. */
const patienceMilliseconds = 3000;

/** @param {number} pid @param {string} folder */
async function memoryOf(pid, folder) {
  for (const file of readdirSync(folder)) rmSync(path.join(folder, file));
  process.kill(pid, 'SIGUSR2');
  while (readdirSync(folder).length < leastThreads) await rest(100);
  await rest(patienceMilliseconds);
  const written = readdirSync(folder).filter(file => !file.endsWith('.new'));
  const live = written.map(file => Number(readFileSync(path.join(folder, file), 'utf8')));
  return {live: live.reduce((sum, bytes) => sum + bytes, 0), resident: residentBytes(pid)};
}

/** @param {number} milliseconds */
const rest = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
