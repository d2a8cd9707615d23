import {expect, test} from 'vitest';
import {completeLayout} from '../../src/frameworks/complete-layout.js';
import {layoutProblems} from '../../src/layout/constraints.js';
import type {Plan} from '../../src/plan/plan.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {pinProblems} from '../../src/search/pin-problems.js';
import {searchLayouts} from '../../src/search/search.js';
import {layoutSpace} from '../../src/search/space/layout-space.js';

async function plan(layout = '', extra = ''): Promise<Plan> {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
name: 22B on four nodes
model: megatron-22b
cluster: {hardware: selene-a100-80gb, nodes: 4, software: megatron-lm-2021}
training: {tokens: 1e9, sequence_length: 2048, global_batch: 64, precision: fp16}
${layout}
${extra}
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.plan;
}

test('every layout of the space is visited once', async () => {
  const seen = new Set<string>();
  let count = 0;
  const subject = await plan();
  const scope = {...subject, numDevices: subject.cluster.numDevices};
  for (const layout of layoutSpace(subject)) {
    seen.add(JSON.stringify(layout));
    count += 1;
    expect(layoutProblems(layout, scope)).toEqual([]);
  }
  expect(count).toBeGreaterThan(1000);
  expect(seen.size).toBe(count);
});

test('what the plan pins stays pinned, and what it narrows stays inside', async () => {
  const subject = await plan('layout: {tensor: 4, recompute: full}', 'search: {pipeline: {max: 4}}');
  for (const layout of layoutSpace(subject)) {
    expect(layout.tensor).toBe(4);
    expect(layout.recompute).toBe('full');
    expect(layout.pipeline).toBeLessThanOrEqual(4);
  }
});

test('runners-up come from other families, slower in turn', async () => {
  const result = searchLayouts(await plan());
  const all = [result.best, ...result.alternatives];
  const families = all.map(candidate => `${candidate?.layout.tensor} ${candidate?.layout.pipeline}`);
  expect(new Set(families).size).toBe(families.length);
  const seconds = all.map(candidate => candidate?.estimate.seconds ?? Number.NaN);
  expect([...seconds].sort((a, b) => a - b)).toEqual(seconds);
});

test('a model that fits nowhere leaves the smallest footprint and no best', async () => {
  const subject = await plan();
  const {cluster} = subject;
  const tiny = {
    ...cluster,
    accelerator: {...cluster.accelerator, memory: (4 * 2 ** 30) as typeof cluster.accelerator.memory},
  };
  const result = searchLayouts({...subject, cluster: tiny});
  expect(result.best).toBeNull();
  expect(result.smallest?.estimate.memory.fits).toBe(false);
  expect(result.counts.evaluated).toBe(0);
  expect(result.rejected.reduce((sum, {count}) => sum + count, 0)).toBe(result.counts.space);
});

test('a framework that lacks a choice is not told to make it', async () => {
  const lacks = await plan();
  for (const layout of layoutSpace(lacks)) {
    expect(['1f1b', 'interleaved']).toContain(layout.schedule);
    expect(layout.offload).toBe('none');
    expect(layout.context).toBe(1);
    expect(layout.asyncTensor).toBe(false);
    expect(['none', 'optimizer']).toContain(layout.sharding);
  }
  const stated = await plan('layout: {schedule: zb-h1, pipeline: 4, sharding: parameters, context: 2}');
  expect(searchLayouts(stated).best).toBeNull();
  expect(pinProblems(stated).map(({code}) => code)).toEqual(
    expect.arrayContaining(['unsupported-schedule', 'unsupported-context']),
  );
  const {cluster} = stated;
  const unchecked = {...stated, cluster: {...cluster, software: {...cluster.software, isUnchecked: true}}};
  const result = searchLayouts(unchecked);
  expect(result.best?.layout).toMatchObject({schedule: 'zb-h1', sharding: 'parameters', context: 2});
});

test('a precision that the device lacks is an error: a plan that was read has one of its modes', async () => {
  const subject = await plan();
  const lacking = {...subject, training: {...subject.training, precision: 'fp8' as const}};
  expect(() => searchLayouts(lacking)).toThrow('has no fp8');
});

test('a plan that states tensor, pipeline and micro-batch is completed with the usual values', async () => {
  const complete = completeLayout(await plan('layout: {tensor: 8, pipeline: 2, micro_batch: 1}'));
  expect(complete).toMatchObject({data: 2, schedule: '1f1b', sharding: 'none', recompute: 'none'});
  expect(completeLayout(await plan('layout: {tensor: 8}'))).toBeNull();
});
