import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {cli, walltime} from '../cli/run-cli.js';
import {openTmux} from './tmux.js';

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
  await screen.until('1 lines differ'.replace('1', '2'));
  screen.keys('Enter');
  await screen.until('ended with 0');
  expect(readFileSync(file, 'utf8')).toBe(plan.replace('devices: 8', 'devices: 16'));
});

test('a wrong value is told beside the last good answer, and the layout is shown in depth', async () => {
  const file = path.join(folder(), 'small.yaml');
  writeFileSync(file, plan);
  const screen = openTmux(`sh -c '${command} tui ${file}${afterwards}'`);
  await screen.until('certified');
  screen.keys('/');
  screen.type('tokens');
  screen.keys('Enter');
  for (let i = 0; i < 'B 01 '.length; i += 1) screen.keys('BSpace');
  screen.type('10 parsecs');
  await screen.until('training.tokens');
  screen.keys('Escape');
  await screen.until('certified');
  screen.keys('l');
  await screen.until('memory by stage');
  screen.resize(80, 24);
  await screen.until(/Layout {2}esc w c m \? keys$/m);
  screen.keys('C-c');
  await screen.until('ended with 0');
});

test('a signal leaves the terminal as it was', async () => {
  const file = path.join(folder(), 'small.yaml');
  writeFileSync(file, plan);
  const pidFile = path.join(folder(), 'pid');
  const run = `${command} tui ${file} & echo $! > ${pidFile}; fg`;
  const screen = openTmux(`bash -ic 'echo before; set -m; ${run}; echo ended with $?; stty -a; exec cat'`);
  await screen.until('certified');
  expect(screen.picture()).not.toContain('before');
  expect(existsSync(pidFile)).toBe(true);
  process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
  const picture = await screen.until(/ended with 143.*echo/s);
  expect(picture).toContain('before');
  expect(picture).toMatch(/[ ;]icanon/);
  expect(picture).toMatch(/[ ;]echo /);
});

test('a crash leaves the terminal as it was, and says that it is ours', async () => {
  const file = path.join(folder(), 'small.yaml');
  writeFileSync(file, plan);
  const crash = `data:text/javascript,setTimeout(()=>{throw(new(Error)("broken"))},2500)`;
  const crashing = `${process.execPath} --import "${crash}" ${cli} tui ${file}`;
  const screen = openTmux(`bash -c '${crashing}; echo ended with $?; stty -a; exec cat'`);
  const picture = await screen.until(/ended with 70.*echo/s);
  expect(picture).toContain('walltime: internal error: broken');
  expect(picture).toMatch(/[ ;]icanon/);
});
