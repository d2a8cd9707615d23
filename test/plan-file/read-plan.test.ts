import {expect, test} from 'vitest';
import type {Plan} from '../../src/plan/plan.js';
import {formatProblem} from '../../src/plan-file/problem.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {locateProblem} from '../../src/plan-file/source.js';
import {goodPlan} from './plans.js';

async function read(text: string) {
  const result = await readPlanText('plan.yaml', text);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result;
}

const full = `${goodPlan.replace('recompute: full', 'recompute: {layers: 3}\n  sharding_group: node\n  rank_order: [data, tensor, context, expert, pipeline]')}  budget: $2M
  minimize: cost
diloco: {replicas: 4, inner_steps: 100, link: {bandwidth: 10 Gbit/s, latency: 50 ms}}
search: {pipeline: {max: 32}, data: [1, 2, 4]}
reliability: {mtbf_per_device: 50000 hours, checkpoint: 30 min}
`;

test('every section of a plan reaches the record in base units', async () => {
  const {plan} = await read(full);
  expect(plan).toMatchObject({
    name: 'test',
    training: {
      tokens: 300e9,
      sequenceLength: 2048,
      globalBatch: 1536 / 4,
      precision: 'bf16',
      optimizer: 'adam',
      attentionKernel: null,
      gradientBytes: null,
    },
    goal: {minimize: 'cost', deadline: 30 * 86_400, budget: 2e6},
    diloco: {
      replicas: 4,
      innerSteps: 100,
      fragments: 1,
      overlapSteps: 0,
      outerBits: 32,
      link: {bandwidth: 1.25e9, latency: 0.05},
    },
    operation: {
      failures: {meanTimeBetweenFailures: 50_000 * 3600, logSpread: 0, source: null},
      checkpoint: {every: 1800},
    },
  } satisfies Partial<Record<keyof Plan, unknown>>);
  expect(plan.narrowed).toEqual({pipeline: {min: 1, max: 32}, data: [1, 2, 4]});
  expect(plan.cluster).toMatchObject({
    hardware: 'selene-a100-80gb',
    devicesPerNode: 8,
    numDevices: 1024 / 4,
    software: {name: 'generic'},
  });
  expect(plan.cluster.topology.at(-1)?.fanOut).toBe(Number.POSITIVE_INFINITY);
});

test('only what the plan gives is pinned', async () => {
  const {plan} = await read(full);
  expect(plan.pins).toEqual({
    tensor: 8,
    recompute: {layers: 3},
    shardingGroup: 'node',
    rankOrder: ['data', 'tensor', 'context', 'expert', 'pipeline'],
  });
  const free = await read(goodPlan.replace(/layout:\n.*\n.*\n/, ''));
  expect(free.plan.pins).toEqual({});
  expect(free.plan.diloco).toBeNull();
  expect(free.plan.operation.failures?.source).toMatch(/published fleets/);
});

test('overlap of communication is pinned by its group, and two spellings of one choice agree', async () => {
  const withLayout = (lines: string) => goodPlan.replace('  tensor: 8\n', `  tensor: 8\n${lines}`);
  const pinned = await readPlanText(
    'plan.yaml',
    withLayout('  overlap: {gradients: true, parameters: false, tensor: true}\n'),
  );
  if ('problems' in pinned) throw new Error(pinned.problems.map(formatProblem).join('\n'));
  expect(pinned.plan.pins).toMatchObject({
    overlapGradients: true,
    overlapParameters: false,
    asyncTensor: true,
  });
  const both = await readPlanText(
    'plan.yaml',
    withLayout('  async_tensor: false\n  overlap: {tensor: true}\n'),
  );
  const problems = 'problems' in both ? both.problems.map(formatProblem) : [];
  expect(problems.join('\n')).toContain('layout.overlap.tensor is true');
});

test('a plan states figures of its cluster otherwise without touching the profile', async () => {
  const {plan, hardware} = await read(
    goodPlan.replace(
      'nodes: 128   # 1024 devices',
      'devices: 12\n  price: $3.6/hour\n  software: megatron-lm-2021\n  override: {accelerator: {memory: 96 GB, peak: {fp8: 1 PFLOP/s}}, topology: {fabric: {bandwidth: 50 GB/s}}, software: {overlap: {tensor: 0.9}, kernel_launch: 3 us}}',
    ),
  );
  expect(plan.cluster.numDevices).toBe(12);
  expect(plan.cluster.accelerator).toMatchObject({
    memory: 96e9,
    price: 1e-3,
    power: hardware.accelerator.power,
  });
  expect(plan.cluster.accelerator.peak).toEqual({...hardware.accelerator.peak, fp8: 1e15});
  const stack = hardware.software['megatron-lm-2021']?.stack;
  // As the collectives of the stack reach them.
  const {node = Number.NaN, fabric = Number.NaN} = stack?.linkScale ?? {};
  expect(plan.cluster.topology.map(({bandwidth}) => bandwidth)).toEqual([
    (hardware.topology[0]?.bandwidth ?? 0) * node,
    50e9 * fabric,
  ]);
  expect(plan.cluster.software).toEqual({
    ...stack,
    kernelLaunch: 3e-6,
    overlap: {...stack?.overlap, tensor: 0.9},
  });
});

test('a fault that the layout finds is shown where the plan pins it, or at the nearest section', async () => {
  const {source} = await read(goodPlan);
  const locate = (path: string) =>
    formatProblem(locateProblem(source, {path, message: 'is wrong', hint: 'mend it'}));
  expect(locate('layout.tensor')).toBe('plan.yaml:13:11  layout.tensor: is wrong  (mend it)');
  expect(locate('layout.pipeline')).toBe('plan.yaml:12:1  layout.pipeline: is wrong  (mend it)');
  expect(locate('search.data[2]')).toBe('plan.yaml:1:1  search.data[2]: is wrong  (mend it)');
});
