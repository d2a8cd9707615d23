import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {listHardware, listModels, readHardware, readModel} from '../../../src/plan-file/library/library.js';
import {formatProblem} from '../../../src/plan-file/problem.js';

const folder = mkdtempSync(join(tmpdir(), 'walltime-'));
afterAll(() => rmSync(folder, {recursive: true}));

async function hardware(reference: string) {
  const read = await readHardware(reference);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.profile;
}

describe.each(listHardware())('%s', name => {
  test('is read under its own name, with a source for every figure', async () => {
    const profile = await hardware(name);
    expect(profile.name).toBe(name);
    expect(profile.topology.at(-1)?.fanOut).toBe(Number.POSITIVE_INFINITY);
    expect(Object.keys(profile.software)).toEqual(expect.arrayContaining(['generic', 'megatron-lm-2021']));
    for (const figure of profile.figures) expect(figure.source, figure.path).not.toBe('');
  });
});

test('models of publishers come first, and every tenth is read by its name', async () => {
  const names = listModels();
  expect(names.indexOf('yi-9b')).toBeLessThan(names.indexOf('aleph-llama-13b'));
  for (const name of names.filter((_, i) => i % 10 === 0)) {
    expect(await readModel(name), name).toHaveProperty('profile.model.numLayers');
  }
});

const selene = readFileSync('hardware-profiles/selene-a100-80gb.yaml', 'utf8').replace(
  /^software:[^\n]*\n(?:[ #].*\n?)*/m,
  '',
);

const inline = readFileSync(new URL('inline-profile.yaml', import.meta.url), 'utf8');

function own(software: string): string {
  const path = join(folder, 'own.yaml');
  writeFileSync(path, `${selene}\nsoftware:\n${software}\n`);
  return path;
}

test('a stack takes what it does not state from the stack it extends, and from the same stack of all machines', async () => {
  const base = await hardware('selene-a100-80gb');
  const profile = await hardware(
    own(
      '  generic: {kernel_launch: 7 us, gemm_scale: {fp16: 0.8}}\n  mine: {extends: megatron-lm-2021, fused: {norm: false}, fitted_to: {file: runs.csv, rows: [3, 4]}}',
    ),
  );
  const mine = profile.software.mine;
  const megatron = profile.software['megatron-lm-2021']?.stack;
  expect(profile.software.generic?.stack.kernelLaunch).toBe(7e-6);
  expect(profile.software.generic?.stack.reduction).toEqual(base.software.generic?.stack.reduction);
  expect(profile.software.generic?.stack.gemmScale).toEqual({
    ...base.software.generic?.stack.gemmScale,
    fp16: 0.8,
  });
  expect(mine?.stack).toEqual({...megatron, name: 'mine', fused: {...megatron?.fused, norm: false}});
  expect(mine?.fittedTo).toEqual({file: 'runs.csv', rows: ['3', '4']});
});

test.each([
  [
    '  a: {extends: b}\n  b: {extends: a}',
    'software.a.extends: b extends a extends b goes round in a circle  (break it)',
  ],
  ['  a: {extends: fsdq}', 'software.a.extends: unknown software stack "fsdq"  (did you mean fsdp?'],
  ['  a: {kernel_lunch: 3 us}', 'software.a.kernel_lunch: unknown key  (did you mean kernel_launch?'],
  ['  a: {kernel_launch: 3 GB}', 'software.a.kernel_launch: 3 GB is a size in bytes, but a time is wanted'],
  ['  a: {kernel_launch: {value: 3 us}}', 'software.a.kernel_launch.source: is missing'],
  ['  a: {overlap: {tensor: 1.2}}', 'software.a.overlap.tensor: 1.2 is above 1'],
])('a profile with software %j is refused', async (software, expected) => {
  const read = await readHardware(own(software));
  const printed = 'problems' in read ? read.problems.map(formatProblem) : [];
  expect(
    printed.some(line => line.includes(`  ${expected}`)),
    printed.join('\n'),
  ).toBe(true);
});

test.each([
  [
    'memory_bandwidth: {value: 2039 GB/s, source: a100}',
    'memory_bandwidth: 2039 GB/s',
    'accelerator.memory_bandwidth: a map is wanted, not "2039 GB/s"',
  ],
  ['  - level: node\n    fan_out: 8\n', '  - level: node\n', 'topology[0].fan_out: is missing'],
  ['- level: node', '- level: box', 'topology: has no level named node'],
  [
    '- level: fabric\n',
    '- level: fabric\n    fan_out: 4\n',
    'topology[1].fan_out: the outermost level joins as many units as there are',
  ],
])('a profile with %j changed to %j is refused', async (right, wrong, expected) => {
  expect(inline).toContain(right);
  const path = join(folder, 'wrong.yaml');
  writeFileSync(path, inline.replace(right, wrong));
  const read = await readHardware(path);
  expect('problems' in read ? read.problems.map(formatProblem).join('\n') : '').toContain(`  ${expected}`);
});

test('sources that figures cite by a short name are spelled out', async () => {
  const memory = (await hardware('selene-a100-80gb')).figures.find(({path}) => path === 'accelerator.memory');
  expect(memory).toMatchObject({text: '80 GiB'});
  expect(memory?.source).toMatch(/^NVIDIA A100 80GB datasheet/);
});
