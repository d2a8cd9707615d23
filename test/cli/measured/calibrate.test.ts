import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {rightPlan, temporaryFile, walltime} from '../run-cli.js';
import {eightRuns, measuredTable} from './measured-table.js';

const machine = ['--hardware', 'h100-sxm'];

let predicted: readonly number[] | null = null;

/** Step times of the eight runs as they are predicted today. */
function predictedSeconds(): readonly number[] {
  predicted ??= predictSeconds();
  return predicted;
}

function predictSeconds(): readonly number[] {
  const table = measuredTable(eightRuns.map(run => ({...run, iter_time_s: ''})));
  const {rows} = JSON.parse(
    walltime(['validate', temporaryFile('runs.csv', table.join('\n')), ...machine, '--json']).stdout,
  );
  return rows.map((row: {predicted: {stepSeconds: number}}) => row.predicted.stepSeconds);
}

/** The eight runs on a trainer that takes longer to launch and to begin a step than any that is known. */
function slowRuns(): string {
  const seconds = predictedSeconds().map(usual => 1.3 * usual + 0.05);
  return measuredTable(eightRuns.map((run, i) => ({...run, iter_time_s: seconds[i] ?? 0}))).join('\n');
}

test('eight rows of a stack never seen pay off, and the written profile says which they were', () => {
  const file = temporaryFile('mine.csv', slowRuns());
  const out = path.join(path.dirname(file), 'machine.yaml');
  const args = ['calibrate', file, ...machine, '--software', 'mine', '--out', out];
  const {status, stdout} = walltime([...args, '--json']);
  expect(status).toBe(0);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({base: 'generic', profile: out, rows: {skipped: 0}});
  expect(document.rows.used).toHaveLength(8);
  const {before, after, crossValidated} = document.stepTime;
  expect(after.meanAbsoluteError).toBeLessThan(before.meanAbsoluteError / 3);
  expect(crossValidated.meanAbsoluteError).toBeLessThan(before.meanAbsoluteError / 2);
  expect(crossValidated.count).toBe(8);
  const text = readFileSync(out, 'utf8');
  expect(text).toContain(
    'fitted_to: { file: mine.csv, rows: [ run-1, run-2, run-3, run-4, run-5, run-6, run-7, run-8 ] }',
  );
  expect(text).toMatch(/^ {4}extends: generic$/m);

  const plan = temporaryFile(
    'plan.yaml',
    rightPlan.replace('hardware: h100-sxm', `hardware: ${out}\n  software: mine`),
  );
  expect(walltime(['plan', plan, '--json']).status).toBe(0);
  expect(
    JSON.parse(walltime(['validate', file, '--hardware', out, '--software', 'mine', '--json']).stdout).summary
      .stepTime.meanAbsoluteError,
  ).toBeLessThan(before.meanAbsoluteError / 3);

  const again = walltime(args);
  expect(again.status).toBe(2);
  expect(again.stderr).toMatch(/machine\.yaml:1:1 {2}is there already, and is not overwritten/);
  expect(readFileSync(out, 'utf8')).toBe(text);
  expect(readdirSync(path.dirname(out)).sort()).toEqual(['machine.yaml', 'mine.csv']);
});

test('the text says errors before, after and held out, and what the runs identify', () => {
  const file = temporaryFile('mine.csv', slowRuns());
  const out = path.join(path.dirname(file), 'machine.yaml');
  const {stdout} = walltime(['calibrate', file, ...machine, '--software', 'mine', '--out', out]);
  expect(stdout).toMatch(/^mine on h100-sxm: 8 runs of 1 sweeps$/m);
  expect(stdout).toMatch(/^before +\S+ %/m);
  expect(stdout).toMatch(/^after, on runs held out +\S+ %/m);
  expect(stdout).toMatch(/^kernel_launch +/m);
});

test('rows that contradict each other leave the stack as it was', () => {
  const [first = 0] = predictedSeconds();
  const contradictory = Array.from({length: 8}, (_, i) => ({iter_time_s: first * (i % 2 === 0 ? 2.5 : 0.4)}));
  const file = temporaryFile('mine.csv', measuredTable(contradictory).join('\n'));
  const out = path.join(path.dirname(file), 'machine.yaml');
  const args = ['calibrate', file, ...machine, '--software', 'mine', '--out', out, '--json'];
  const {trust, facts} = JSON.parse(walltime(args).stdout);
  expect(trust).toBe(0);
  for (const {before, after} of facts) expect(after).toBe(before);
});

test('plans with a measured section are runs as rows are', () => {
  const layout = 'layout: {tensor: 2, pipeline: 1, micro_batch: 1, sharding: optimizer, recompute: full}\n';
  const seconds = (step: string) =>
    temporaryFile('one.yaml', `${rightPlan}${layout}measured: {step_time: ${step}}\n`);
  const file = seconds('9 s');
  const out = file.replace('one', 'machine');
  const args = ['calibrate', file, ...machine, '--software', 'mine', '--out', out, '--json'];
  const {rows, stepTime} = JSON.parse(walltime(args).stdout);
  expect(rows.used).toEqual(['one']);
  expect(stepTime.crossValidated).toBeNull();
  expect(readFileSync(out, 'utf8')).toContain('fitted_to: { file: one.yaml, rows: [ one ] }');
  const without = temporaryFile('plan.yaml', `${rightPlan}${layout}`);
  const {stderr, status} = walltime(['calibrate', without, ...machine, '--software', 'mine']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/plan\.yaml:1:1 {2}has no measured section {2}\(add measured:/);
});

test('what cannot be fitted to is answered with its place and a remedy, and nothing is written', () => {
  const lines = measuredTable([{}]);
  const wrongColumn = lines.join('\n').replace('num_gpus', 'gpus');
  const noTime = measuredTable([{iter_time_s: ''}]).join('\n');
  const cases: readonly [string, readonly string[], RegExp][] = [
    [wrongColumn, ['--software', 'mine'], /mine\.csv:1:1 {2}has no column num_gpus/],
    [lines[0] ?? '', ['--software', 'mine'], /mine\.csv:1:1 {2}has no rows/],
    [
      noTime,
      ['--software', 'mine'],
      /mine\.csv:1:1 {2}has no run that a fit can use {2}\(a run needs its step time/,
    ],
    [
      lines.join('\n'),
      ['--software', 'mine', '--from', 'megatron-cor'],
      /--from.*unknown software stack "megatron-cor".*did you mean megatron-core\?/,
    ],
  ];
  for (const [text, further, wrong] of cases) {
    const file = temporaryFile('mine.csv', text);
    const out = path.join(path.dirname(file), 'machine.yaml');
    const {stderr, stdout, status} = walltime(['calibrate', file, ...machine, ...further, '--out', out]);
    expect(stderr).toMatch(wrong);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(existsSync(out)).toBe(false);
  }
  const file = temporaryFile('mine.csv', lines.join('\n'));
  const unknown = walltime(['calibrate', file, '--hardware', 'h10', '--software', 'mine']);
  expect(unknown.stderr).toMatch(/unknown hardware "h10"/);
  expect(walltime(['calibrate', file, ...machine]).stderr).toMatch(/required option '--software <name>'/);
});
