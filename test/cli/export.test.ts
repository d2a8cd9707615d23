import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {rightPlan, temporaryFile, walltime} from './run-cli.js';

const published = 'plans/frontier-175b-dash2023.yaml';

test('export prints text that says what it is of and what it leaves out', () => {
  const {stdout, stderr, status} = walltime(['export', published, '--to', 'megatron']);
  expect(status).toBe(0);
  expect(stderr).not.toMatch(/^note:/m);
  expect(stderr).toMatch(/^! rests on other machines: no run of megatron-deepspeed was measured/);
  expect(stdout).toMatch(/^# GPT-3 175B on Frontier, as published\n/);
  expect(stdout).toMatch(/^ {2}--tensor-model-parallel-size 4$/m);
  expect(stdout).toMatch(/^# note: data, tokenizer, learning rate and seed are not part of a plan/m);
});

test('export --out writes a new file, says there what it leaves out, and never over another', () => {
  const file = temporaryFile('args.sh', 'mine');
  const fresh = file.replace('args', 'fresh');
  const first = walltime(['export', published, '--to', 'megatron', '--out', fresh]);
  expect(first.status).toBe(0);
  expect(first.stdout).toBe('');
  expect(first.stderr).toMatch(/^note: data, tokenizer/m);
  expect(readFileSync(fresh, 'utf8')).toContain('--pipeline-model-parallel-size 16');
  const again = walltime(['export', published, '--to', 'megatron', '--out', file]);
  expect(again.status).toBe(2);
  expect(again.stderr).toMatch(/args\.sh:1:1 {2}is there already, and is not overwritten/);
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('export --json has the text, the layout and the notes', () => {
  const document = JSON.parse(walltime(['export', published, '--to', 'megatron', '--json']).stdout);
  expect(document).toMatchObject({
    target: 'megatron',
    layout: {tensor: 4, pipeline: 16, data: 16},
    warnings: expect.arrayContaining([expect.stringMatching(/^rests on other machines/)]),
    notes: expect.arrayContaining([expect.stringMatching(/learning rate/)]),
    text: expect.stringMatching(/--micro-batch-size 1/),
  });
});

test('a layout that a target would run otherwise is refused at its place in the plan', () => {
  const layout = 'layout: {tensor: 1, pipeline: 2, micro_batch: 1, schedule: zb-h1}\n';
  const plan = rightPlan.replace('devices: 8', 'devices: 8\n  software: any-framework');
  const file = temporaryFile('plan.yaml', `${plan}${layout}`);
  const out = file.replace('plan.yaml', 'args.sh');
  const {stderr, stdout, status} = walltime(['export', file, '--to', 'megatron', '--out', out]);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /plan\.yaml:11:\d+ {2}layout\.schedule: megatron-core has no schedule zb-h1 {2}\(choose/,
  );
  expect(existsSync(out)).toBe(false);
});

test('an unknown target is answered with the targets there are', () => {
  const {stderr, status} = walltime(['export', published, '--to', 'megatronn']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/Allowed choices are .*megatron/);
  expect(walltime(['export', published]).stderr).toMatch(/required option '--to <target>'/);
});
