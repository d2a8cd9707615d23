import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {temporaryFile, walltime} from '../run-cli.js';

const outer = (link: string) => `walltime: 1
model: tinyllama-1.1b
cluster: {hardware: h100-sxm, devices: 16}
training: {tokens: 20e9, sequence_length: 2048, global_batch: 256}
# two halves, for now
diloco:
  replicas: 2
  inner_steps: 100
${link}search: {diloco: {replicas: [2]}, tensor: [1], pipeline: [1], virtual_stages: [1]}
goal: {minimize: loss, deadline: 2 days}
`;

test('where data parallel is best, --write takes the outer level out of the file', () => {
  const file = temporaryFile('plan.yaml', outer(''));
  const {status, stderr} = walltime(['plan', file, '--write']);
  expect(stderr).toContain('wrote the layout');
  expect(status).toBe(0);
  const written = readFileSync(file, 'utf8');
  expect(written).not.toMatch(/^diloco:/m);
  expect(written).toContain('# two halves, for now');
  expect(written).toMatch(/^layout:/m);
  // What was written is the plan that was answered: it stays the best.
  expect(walltime(['plan', file, '--write']).status).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(written);
});

test('a link that is stated between replicas is not taken out: the file would be of another machine', () => {
  const text = outer('  link: {bandwidth: 400 Gbit/s, latency: 1 ms}\n');
  const file = temporaryFile('plan.yaml', text);
  const {status, stderr} = walltime(['plan', file, '--write']);
  expect(stderr).toMatch(/data parallel over the link of diloco is best.*\(take the diloco section out/s);
  expect(status).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
