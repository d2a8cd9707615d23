import {readdirSync} from 'node:fs';
import path from 'node:path';
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
      what: `memory that ${changes} changes add`,
      value: (await grownBytes()) / 1e6,
      unit: 'MB',
      bar: {at: 20, better: lower},
    },
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

/** Changes of a plan that pins its layout, so that planning takes little beside drawing. */
async function grownBytes() {
  const terminal = openPseudoTerminal(command('plans/llama-3-8b-frontier.yaml'), size);
  await terminal.until(picture => picture.includes('certified'));
  terminal.send(down.repeat(5));
  await terminal.until(picture => /▸ tokens/.test(picture));
  const pid = terminal.pid();
  let settled = 0;
  const atOnce = 100;
  for (let done = 0; done < changes; done += atOnce) {
    if (done === warmUpChanges) settled = residentBytes(pid);
    terminal.send((right + left).repeat(atOnce / 2 - 1) + right + right);
    await terminal.until(picture => /▸ tokens/.test(picture));
    terminal.send(left + left);
    await terminal.until(picture => /▸ tokens/.test(picture));
  }
  const grown = residentBytes(pid) - settled;
  await terminal.end();
  return grown;
}

/** @param {number} milliseconds */
const rest = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
