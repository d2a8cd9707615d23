import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, expect, test} from 'vitest';
import type {HardwareProfile} from '../../../src/cluster/hardware-profile.js';
import {readHardware} from '../../../src/plan-file/library/library.js';
import {formatProblem} from '../../../src/plan-file/problem.js';

const folder = mkdtempSync(join(tmpdir(), 'walltime-'));
afterAll(() => rmSync(folder, {recursive: true}));

async function profileOf(reference: string): Promise<HardwareProfile> {
  const read = await readHardware(reference);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.profile;
}

function write(facts: string): string {
  const path = join(folder, 'own.yaml');
  writeFileSync(path, `walltime-hardware: 1\nname: own\ndescription: mine\n${facts}\n`);
  return path;
}

async function problemsOf(facts: string): Promise<string> {
  const read = await readHardware(write(facts));
  return 'problems' in read ? read.problems.map(formatProblem).join('\n') : '';
}

test('a profile that states everything itself is read as before there were parts', async () => {
  const own = await profileOf(fileURLToPath(new URL('../library/inline-profile.yaml', import.meta.url)));
  expect(own.names.accelerator).toContain('A100-80GB-SXM');
  expect(own.names.networks).toEqual(['Selene']);
  expect(own.topology.map(({name, bandwidth, latency}) => [name, bandwidth, latency])).toEqual([
    ['node', 300e9, 2.5e-6],
    ['fabric', 25e9, 14e-6],
  ]);
  expect(own.host.memory).toBe(2e12);
});

test('a profile of parts takes what they state, and states its own on top', async () => {
  const own = await profileOf(
    write(`accelerator:
  extends: h100-80gb-sxm
  memory: {value: 64 GiB, source: mine}
  peak: {fp8: null}
board:
  extends: hgx-h100
  nics: {count: 4, bandwidth: 200 Gbit/s, source: mine}
host: {memory: {value: 1 TB, source: mine}}
fabric: roce`),
  );
  const shipped = await profileOf('h100-sxm');
  expect(own.accelerator).toEqual({
    ...shipped.accelerator,
    memory: 64 * 2 ** 30,
    peak: {...shipped.accelerator.peak, fp8: undefined},
  });
  expect(own.host).toEqual({...shipped.host, memory: 1e12});
  expect(own.topology[0]).toEqual(shipped.topology[0]);
  // Four ports of 25 GB/s for eight devices.
  expect(own.topology[1]).toMatchObject({
    name: 'fabric',
    bandwidth: 12.5e9,
    devicesPerNic: 2,
    latency: 13e-6,
  });
  const sources = new Map(own.figures.map(({path, source}) => [path, source]));
  expect(sources.get('accelerator.memory')).toBe('mine');
  expect(sources.get('accelerator.power')).toMatch(/^NVIDIA H100/);
  expect(sources.get('topology[0].efficiency')).toMatch(/^fitted to the same of 2 to 8 H100/);
});

test('levels of a fabric are listed from the node outwards, each with facts of its own', async () => {
  const own = await profileOf(
    write(`accelerator: h100-80gb-sxm
board: hgx-h100
fabric:
  - {level: pod, extends: infiniband, fan_out: 16}
  - {level: core, extends: infiniband, bandwidth: {value: 100 Gbit/s, source: mine}}`),
  );
  expect(own.topology.map(({name, fanOut, bandwidth}) => [name, fanOut, bandwidth])).toEqual([
    ['node', 8, 450e9],
    ['pod', 16, 50e9],
    ['core', Number.POSITIVE_INFINITY, 12.5e9],
  ]);
});

const rest = 'board: hgx-h100\nfabric: infiniband';

test.each([
  [
    `accelerator: h100-80gb-smx\n${rest}`,
    'own.yaml:4:14  accelerator: unknown accelerator "h100-80gb-smx"  (did you mean h100-80gb-sxm?',
  ],
  [
    `accelerator: {extends: h200}\n${rest}`,
    'own.yaml:4:24  accelerator.extends: unknown accelerator "h200"  (did you mean h200-nvl?',
  ],
  ['accelerator: h100-80gb-sxm\nboard: hgx-h100', 'fabric: is missing  (name the network between the nodes)'],
  ['accelerator: h100-80gb-sxm\nfabric: roce', 'board: is missing  (name what a node is)'],
  [
    `accelerator: h100-80gb-sxm\n${rest}\ntopology: [{level: node, curve: pcie}]`,
    'own.yaml:7:1  topology: states what board and fabric state too  (keep one of them)',
  ],
  [`${rest}`, 'accelerator: is missing'],
  [
    `accelerator: h100-80gb-sxm\nboard: hgx-h100\nfabric: {extends: roce, latency: {value: 5 GB, source: mine}}`,
    'own.yaml:6:42  fabric.latency.value: 5 GB is a size in bytes, but a time is wanted',
  ],
  [
    `accelerator: h100-80gb-sxm\nboard: hgx-h100\nfabric: {extends: roce, curve: rocket}`,
    'own.yaml:6:32  fabric.curve: unknown curve "rocket"  (one of',
  ],
  [
    `accelerator: {extends: h100-80gb-sxm, memory: null}\n${rest}`,
    'own.yaml:4:47  accelerator.memory: is missing',
  ],
])('a profile with %j is refused at its place', async (facts, expected) => {
  expect(await problemsOf(facts)).toContain(expected);
});
