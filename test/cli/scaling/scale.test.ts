import {readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {rightPlan, temporaryFile, walltime} from '../run-cli.js';

const small = `${rightPlan.replace('llama-3-8b', 'tinyllama-1.1b')}goal: {deadline: 6 hours}
scaling: {parameters: [0.5e9, 1e9], global_batch: [64, 128]}
search: {tensor: [1], pipeline: [1]}
`;

test('scale --json has the keys that other programs read; --html writes a page', () => {
  const file = temporaryFile('plan.yaml', small);
  const html = path.join(path.dirname(file), 'scale.html');
  const {status, stdout, stderr} = walltime(['scale', file, '--json', '--html', html]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const answer = JSON.parse(stdout);
  expect(answer.best).toMatchObject({
    parameters: expect.any(Number),
    shape: {numLayers: expect.any(Number)},
    tokens: expect.any(Number),
    globalBatch: expect.any(Number),
    learningRate: expect.any(Number),
    layout: {tensor: expect.any(Number)},
    diloco: null,
    loss: {p10: expect.any(Number), p50: expect.any(Number), p90: expect.any(Number)},
  });
  expect(answer.computeOptimal).toMatchObject({promisedLoss: expect.any(Number)});
  expect(answer.surface).toHaveLength(4);
  expect(answer.calendar.length).toBeGreaterThan(4);
  expect(statSync(html).size).toBeGreaterThan(5000);
  expect(readFileSync(html, 'utf8')).toContain('<polyline class="curve"');
});

test('scale prints what to train, and why', () => {
  const {status, stdout} = walltime(['scale', temporaryFile('plan.yaml', small)], {COLUMNS: '60'});
  expect(status).toBe(0);
  expect(stdout).toMatch(/^[\d.]+ [MB] parameters on [\d.]+ B tokens$/m);
  for (const title of ['against other choices', 'wider or deeper', 'more devices', 'how sure'])
    expect(stdout).toContain(title);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
});

test.each([
  [
    'no limit',
    small.replace('goal: {deadline: 6 hours}\n', ''),
    /plan\.yaml:\d+:\d+ {2}goal: .*goal\.deadline/,
  ],
  [
    'sizes upside down',
    small.replace('[0.5e9, 1e9]', '{from: 2e9, to: 1e9}'),
    /:\d+ {2}scaling\.parameters: from 2000000000 is above/,
  ],
  [
    'half a sequence',
    small.replace('[64, 128]', '[64, 12.5]'),
    /scaling\.global_batch: a batch is not a whole number/,
  ],
  ['a word for a size', small.replace('[0.5e9, 1e9]', '[small]'), /scaling\.parameters/],
  [
    'an unknown key',
    small.replace('global_batch: [', 'globalbatch: ['),
    /scaling\.globalbatch: .*global_batch/,
  ],
])('%s is answered at its place', (_, text, printed) => {
  const {status, stdout, stderr} = walltime(['scale', temporaryFile('plan.yaml', text)]);
  expect(stderr).toMatch(printed);
  expect(stderr).not.toContain('    at ');
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

test('where nothing fits the exit code says so', () => {
  const {status, stderr} = walltime([
    'scale',
    temporaryFile('plan.yaml', small.replace('[0.5e9, 1e9]', '[900e9]')),
  ]);
  expect(status).toBe(1);
  expect(stderr).toContain('no size fits');
});
