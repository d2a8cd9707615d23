import {expect, test} from 'vitest';
import {temporaryFile, walltime} from '../run-cli.js';

const tooLarge = (layout = '') => `walltime: 1
model: gpt3-175b
cluster: {hardware: frontier-mi250x, nodes: 2}
training: {tokens: 300e9, sequence_length: 2048, global_batch: 640, precision: fp16}
${layout}`;

test('a model that fits nowhere: exit 1, the smallest footprint by part, and what would make it fit', () => {
  const {stdout, stderr, status} = walltime(['plan', temporaryFile('plan.yaml', tooLarge())]);
  expect(status).toBe(1);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^no layout fits: the smallest needs [\d.]+ GiB a device/);
  expect(stdout).toMatch(/weights\s[\d.]+\sGiB/);
  expect(stdout).toMatch(/x the devices \(\d+\)/);
});

test('the same as JSON', () => {
  const {stdout, status} = walltime(['plan', temporaryFile('plan.yaml', tooLarge()), '--json']);
  const {best, smallest, search} = JSON.parse(stdout);
  expect(status).toBe(1);
  expect(best).toBeNull();
  expect(smallest.memory.fits).toBe(false);
  expect(search.space).toBe(search.excludedByMemory);
});

test('a pin that keeps the plan from fitting is named', () => {
  const pinned = tooLarge('layout: {recompute: none, offload: none, micro_batch: 32}\n').replace(
    'nodes: 2',
    'nodes: 16',
  );
  const {stdout, status} = walltime(['plan', temporaryFile('plan.yaml', pinned)]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/try layout\.recompute: \S+ instead of none \(then [\d.]+ GiB\)/);
});

test('a cluster that no layout divides: exit 1, and a size that some layout does', () => {
  const prime = tooLarge().replace('nodes: 2', 'devices: 1021');
  const {stdout, status} = walltime(['plan', temporaryFile('plan.yaml', prime)]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/1021 devices/);
  expect(stdout).toMatch(/try 1008 devices/);
});

test('a layout that does not fit is simulated all the same, with a warning and exit 1', () => {
  const layout = 'layout: {tensor: 2, pipeline: 2, micro_batch: 1, recompute: none}\n';
  const {stdout, status} = walltime(['simulate', temporaryFile('plan.yaml', tooLarge(layout))]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/does not fit: stage 1 needs/);
});

test('a deadline that no layout meets: exit 1, with how much it is missed by', () => {
  const late = tooLarge('goal: {deadline: 1 day}\n').replace('nodes: 2', 'nodes: 128');
  const {stdout, status} = walltime(['plan', temporaryFile('plan.yaml', late)]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/misses the deadline of 24 hours: the run takes .* by the calendar/);
});
