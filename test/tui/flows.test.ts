import {appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished} from 'vitest';
import {cli, walltime} from '../cli/run-cli.js';
import {withPrograms} from '../programs.js';
import {openTmux} from './tmux.js';

const {test} = withPrograms('tmux');

const command = `${process.execPath} ${cli}`;
/** Keeps the terminal open and says how the program ended. */
const afterwards = `; echo ended with $?; exec cat`;

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'walltime-tui-'));
  onTestFinished(() => rmSync(made, {recursive: true}));
  return made;
}

const plan = `# ours
walltime: 1
name: Small
model: llama-3-8b        # the usual one
cluster:
  hardware: h100-sxm
  devices: 8
training:
  tokens: 10 B
  sequence_length: 4096
  global_batch: 64
search: {tensor: [1, 2], pipeline: [1, 2], micro_batch: [1, 2]}
`;

test('from nothing to a saved plan for 64 H100 in four steps that the screen shows', async () => {
  const home = folder();
  // Also where CI is set, as it is here.
  const screen = openTmux(`sh -c 'CI=true ${command}${afterwards}'`, {columns: 120, rows: 40, folder: home});
  await screen.until('which model');
  // 1: the questions, each with its answer.
  await screen.until(/h100-sxm.*\n.*64/);
  screen.keys('Enter', 'Enter', 'Enter', 'Enter');
  // 2: the plan, which says that s saves it.
  await screen.until('s save');
  screen.keys('s');
  // 3: what would be written, and where.
  const shown = await screen.until('save as');
  expect(shown).toContain('+   devices: 64');
  screen.keys('Enter');
  await screen.until('wrote plan.yaml');
  // 4: out.
  screen.keys('q');
  await screen.until('ended with 0');
  const text = readFileSync(path.join(home, 'plan.yaml'), 'utf8');
  expect(text).toContain('hardware: h100-sxm\n  devices: 64\n');
  expect(walltime(['check', path.join(home, 'plan.yaml')]).status).toBe(0);
});

test('plan, pin, undo, change, save and quit: the file keeps its comments, and is written when asked', async () => {
  const file = path.join(folder(), 'small.yaml');
  writeFileSync(file, plan);
  const screen = openTmux(`sh -c '${command} tui ${file}${afterwards}'`);
  await screen.until('certified');
  screen.keys('Tab', 'p');
  await screen.until(/pinned +tensor/);
  await screen.until('What do the pins cost?');
  screen.keys('u');
  await screen.until('— none —');
  // The devices, typed in place, and planned while they are typed.
  screen.keys('Tab', 'Down', 'Down');
  screen.type('16');
  await screen.until(/devices +16/);
  screen.keys('Enter');
  await screen.until(/devices +16 +2 nodes/);
  expect(readFileSync(file, 'utf8')).toBe(plan);
  screen.keys('q');
  await screen.until('The plan is not saved');
  screen.keys('s');
  await screen.until('2 lines differ');
  screen.keys('Enter');
  await screen.until('ended with 0');
  expect(readFileSync(file, 'utf8')).toBe(plan.replace('devices: 8', 'devices: 16'));
});

test('a wrong value is told beside the last good answer, the report opens in the browser of a desktop', async () => {
  const home = folder();
  const file = path.join(home, 'small.yaml');
  writeFileSync(file, plan);
  const [opened, style] = [path.join(home, 'opened'), path.join(home, 'small.html')];
  writeFileSync(path.join(home, 'xdg-open'), `#!/bin/sh\necho "$1" > ${opened}\n`, {mode: 0o755});
  const desktop = `DISPLAY=:7 PATH=${home}:$PATH`;
  const screen = openTmux(`sh -c '${desktop} ${command} tui ${file}${afterwards}'`, {columns: 160});
  await screen.until('certified');
  screen.keys('/');
  screen.type('tokens');
  screen.keys('Enter');
  for (let i = 0; i < 'B 01 '.length; i += 1) screen.keys('BSpace');
  screen.type('10 parsecs');
  await screen.until('training.tokens');
  screen.keys('Escape');
  await screen.until('certified');
  screen.keys('r');
  await screen.until('write a report page to');
  screen.keys('Enter');
  await screen.until(`wrote ${style}, and it opens in the browser`);
  await expect
    .poll(() => existsSync(opened) && readFileSync(opened, 'utf8'), {timeout: 20_000})
    .toBe(`${style}\n`);
  screen.keys('l');
  await screen.until('memory by stage');
  screen.resize(80, 24);
  await screen.until(/Layout {2}esc w c m \? keys$/m);
  screen.keys('C-c');
  await screen.until('ended with 0');
});

test('what another wrote meanwhile is never overwritten, and what is pasted is no command', async () => {
  const home = folder();
  const file = path.join(home, 'small.yaml');
  writeFileSync(file, plan);
  writeFileSync(path.join(home, 'other.yaml'), plan.replace('10 B', '20 B'));
  const screen = openTmux(`sh -c '${command} tui ${file}${afterwards}'`, {folder: home});
  await screen.until('certified');
  screen.keys('Down', 'Down', 'Right');
  await screen.until(/devices +16/);
  screen.paste('s\nqq\n');
  await screen.until('nothing here takes pasted text');
  appendFileSync(file, '# by another\n');
  screen.keys('s');
  await screen.until('2 lines differ');
  screen.keys('Enter');
  await screen.until('changed since it was read: another name keeps both');
  screen.keys('Enter');
  await screen.until(/wrote .*small.mine.yaml/);
  expect(readFileSync(file, 'utf8')).toBe(`${plan}# by another\n`);
  expect(readFileSync(path.join(home, 'small.mine.yaml'), 'utf8')).toBe(
    plan.replace('devices: 8', 'devices: 16'),
  );
  screen.keys('m');
  await screen.until('the plan on other machines');
  screen.keys('a');
  await screen.until('plan     ');
  screen.type('other');
  await screen.until(/▸ plan +other.yaml/);
  screen.keys('Enter');
  await screen.until(/other.yaml +\d/);
  screen.keys('q');
  await screen.until('ended with 0');
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s leaves the terminal as it was', async (signal, status) => {
  const file = path.join(folder(), 'small.yaml');
  writeFileSync(file, plan);
  const pidFile = path.join(folder(), 'pid');
  const run = `${command} tui ${file} & echo $! > ${pidFile}; fg`;
  const screen = openTmux(`bash -ic 'echo before; set -m; ${run}; echo ended with $?; stty -a; exec cat'`);
  await screen.until('certified');
  expect(screen.picture()).not.toContain('before');
  expect(existsSync(pidFile)).toBe(true);
  process.kill(Number(readFileSync(pidFile, 'utf8')), signal);
  const picture = await screen.until(new RegExp(`ended with ${status}.*echo`, 's'));
  expect(picture).toContain('before');
  expect(picture).toMatch(/[ ;]icanon/);
  expect(picture).toMatch(/[ ;]echo /);
});

test('a crash leaves the terminal as it was, and says that it is ours', async () => {
  const file = path.join(folder(), 'small.yaml');
  writeFileSync(file, plan);
  const pidFile = path.join(folder(), 'pid');
  const broken = path.join(folder(), 'broken.mjs');
  writeFileSync(broken, `process.on('SIGUSR2', () => {throw new Error('broken')});`);
  const crashing = `echo $BASHPID > ${pidFile}; exec ${process.execPath} --import ${broken} ${cli} tui ${file}`;
  const screen = openTmux(`bash -c '(${crashing}); echo ended with $?; stty -a; exec cat'`);
  await screen.until('certified');
  process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGUSR2');
  const picture = await screen.until(/ended with 70.*echo/s);
  expect(picture).toContain('walltime: internal error: broken');
  expect(picture).toMatch(/[ ;]icanon/);
});
