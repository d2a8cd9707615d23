import {describe, expect, test} from 'vitest';
import {readHardware} from '../../../src/plan-file/library/library.js';
import {formatProblem} from '../../../src/plan-file/problem.js';
import type {ReadPlan} from '../../../src/plan-file/read-plan.js';
import {readPlanText} from '../../../src/plan-file/read-plan.js';

const rest = 'training: {tokens: 1e9, sequence_length: 2048, global_batch: 256}';

async function read(cluster: string, more = ''): Promise<ReadPlan | string> {
  const answer = await readPlanText(
    'plan.yaml',
    `walltime: 1\nmodel: gpt2-124m\ncluster: {${cluster}}\n${rest}\n${more}`,
  );
  return 'problems' in answer ? answer.problems.map(formatProblem).join('\n') : answer;
}

async function planOf(cluster: string, more = ''): Promise<ReadPlan> {
  const answer = await read(cluster, more);
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

const clusterOf = async (cluster: string, more = '') => (await planOf(cluster, more)).plan.cluster;
const topologyOf = async (cluster: string) => (await planOf(cluster)).hardware.topology;

test.each([
  ['p5.48xlarge', 'h100-aws-p5'],
  ['p4d.24xlarge', 'a100-40gb-aws-p4d'],
  ['p4de.24xlarge', 'a100-80gb-aws-p4de'],
  ['p5en.48xlarge', 'h200-aws-p5en'],
  ['a3-highgpu-8g', 'h100-gcp-a3-high'],
  ['a3-megagpu-8g', 'h100-gcp-a3-mega'],
  ['ND H100 v5', 'h100-sxm'],
  ['NVIDIA H100 80GB HBM3', 'h100-sxm'],
  ['H100-80GB-SXM', 'h100-sxm'],
  ['h100', 'h100-sxm'],
  ['H100 NVL', 'h100-nvl'],
  ['a100', 'a100-80gb'],
  ['NVIDIA A100-SXM4-40GB', 'a100-40gb'],
  ['NVIDIA A10G', 'a10g-aws-g5'],
  ['Tesla T4', 't4'],
  ['Tesla V100S-PCIE-32GB', 'v100s'],
  ['NVIDIA L4', 'l4-aws-g6'],
  ['L40', 'l40'],
  ['RTX 4090 48GB', 'rtx-4090-48gb'],
  ['NVIDIA GeForce RTX 3090', 'rtx-3090'],
  ['RTX 5090', 'rtx-5090'],
  ['NVIDIA RTX A6000', 'rtx-a6000'],
  ['NVIDIA RTX PRO 6000 Blackwell Server Edition', 'rtx-pro-6000'],
  ['AMD Instinct MI350X', 'mi350x'],
  ['H200 NVL', 'h200-nvl'],
  ['trn1.32xlarge', 'trainium-1'],
  ['AWS Trainium2', 'trainium-2'],
  ['Trn3', 'trainium-3'],
  ['DGX Spark', 'dgx-spark'],
  ['Frontier', 'frontier-mi250x'],
])('%s means the machine %s', async (hardware, machine) => {
  expect(await readHardware(hardware)).toMatchObject({profile: {name: machine}});
});

describe('a name that counts devices', () => {
  test.each([
    ['v5p-512', 'tpu-v5p', 256],
    ['v4-8', 'tpu-v4', 4],
    ['v3-32', 'tpu-v3', 16],
    ['v5litepod-256', 'tpu-v5e', 256],
    ['v6e-16', 'tpu-v6e', 16],
    ['8xH100', 'h100-sxm', 8],
    ['16 x NVIDIA H200', 'h200', 16],
  ])('%s is %s with %d devices', async (hardware, machine, devices) => {
    const cluster = await clusterOf(`hardware: ${hardware}`);
    expect([cluster.hardware, cluster.numDevices]).toEqual([machine, devices]);
  });

  test('leaves the size to a plan that states one, or that searches it', async () => {
    expect((await clusterOf('hardware: 8xH100, nodes: 4')).numDevices).toBe(32);
    expect((await clusterOf('hardware: v5p-512, nodes: 64')).numDevices).toBe(256);
    expect((await clusterOf('hardware: 8xH100', 'search: {nodes: [2, 4]}')).numDevices).toBe(16);
  });

  test('a slice of another size than its name is refused', async () => {
    expect(await read('hardware: v5p-512, devices: 512')).toBe(
      'plan.yaml:3:39  cluster.devices: is 512 devices, but v5p-512 is a slice of 256 chips  (take it out, or write hardware: tpu-v5p)',
    );
  });
});

test.each([
  ['p5.48xlrge', 'did you mean p5.48xlarge?'],
  ['A100 SMX', 'did you mean A100 SXM?'],
  ['trn4', 'did you mean Trn1?'],
])('%s is unknown, and a near name is suggested', async (hardware, hint) => {
  expect(await read(`hardware: ${hardware}, nodes: 2`)).toContain(`unknown hardware "${hardware}"  (${hint}`);
});

describe('a network by its speed', () => {
  test('takes the place of the network of the profile, with the latency and the curve of its kind', async () => {
    const stated = await topologyOf('hardware: h100-sxm, nodes: 4, fabric: {roce: 1600 Gbit/s}');
    const profile = await topologyOf('hardware: h100-llama3-roce, nodes: 4');
    expect(stated.map(({name}) => name)).toEqual(['node', 'fabric']);
    const {latency, efficiency} = profile[1] ?? {};
    // Four ports of 400 Gbit/s for eight devices.
    expect(stated[1]).toMatchObject({bandwidth: 25e9, devicesPerNic: 2, latency, efficiency});
  });

  test('at the speed of the profile is the network of the profile', async () => {
    const own = await topologyOf('hardware: eos-h100, nodes: 4');
    const stated = await topologyOf('hardware: eos-h100, nodes: 4, fabric: {infiniband: 3200 Gbit/s}');
    expect(stated).toEqual(own);
  });

  test('joins whole NVLink domains, and replaces every level beyond the node', async () => {
    const rack = await topologyOf('hardware: gb200-nvl72, nodes: 36, fabric: {efa: 1600 Gbit/s}');
    expect(rack.map(({name}) => name)).toEqual(['node', 'rack', 'fabric']);
    const cray = await topologyOf('hardware: frontier-mi250x, nodes: 8, fabric: {ethernet: 100 Gbit/s}');
    expect(cray.map(({name, bandwidth}) => [name, bandwidth])).toEqual([
      ['package', 200e9],
      ['node', 50e9],
      ['fabric', 12.5e9 / 8],
    ]);
  });

  test.each([
    [
      'fabric: {infinband: 1600 Gbit/s}',
      '3:50  cluster.fabric.infinband: unknown kind of fabric  (did you mean infiniband? one of efa, ethernet, infiniband,',
    ],
    [
      'fabric: {roce: 1600 Gbit/s, efa: 3 GB/s}',
      '3:49  cluster.fabric: is not one kind of network  (write one with its speed, such as {ethernet: 100 Gbit/s})',
    ],
    ['fabric: {roce: 16 GB}', 'cluster.fabric.roce: 16 GB is a size in bytes, but a bandwidth is wanted'],
    ['fabric: ethernet', 'cluster.fabric: a map is wanted, not "ethernet"'],
  ])('%s is refused', async (fabric, expected) => {
    expect(await read(`hardware: h100-sxm, nodes: 4, ${fabric}`)).toContain(expected);
  });
});
