import {expect, test} from 'vitest';
import type {Plan} from '../../src/layout/plan.js';
import {estimateStep} from '../../src/pipeline/estimate.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {completeLayout} from '../../src/search/default-layout.js';
import {searchLayouts} from '../../src/search/search.js';
import {layoutSpace} from '../../src/search/space/layout-space.js';

async function plan(layout = '', extra = ''): Promise<Plan> {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
name: 22B on four nodes
model: megatron-22b
cluster: {hardware: selene-a100-80gb, nodes: 4, software: megatron-lm}
training: {tokens: 1e9, sequence_length: 2048, global_batch: 64, precision: fp16}
${layout}
${extra}
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.plan;
}

test.each([
  ['usual', ''],
  ['data ranks fastest', 'layout: {rank_order: [data, tensor, context, expert, pipeline], recompute: full}'],
])(
  'the best layout is the fastest of all that fit, found by evaluating each of them apart: %s',
  async (_name, pins) => {
    const subject = await plan(pins);
    const times: number[] = [];
    let misfits = 0;
    for (const layout of layoutSpace(subject)) {
      const estimate = estimateStep({...subject, layout});
      if (estimate?.memory.fits) times.push(estimate.seconds);
      else misfits += 1;
    }
    const result = searchLayouts(subject);
    expect(result?.best?.estimate.seconds).toBe(Math.min(...times));
    const {space, evaluated, excludedByMemory, excludedByBound} = result?.counts ?? {};
    expect(space).toBe(times.length + misfits);
    expect(excludedByMemory).toBe(misfits);
    expect((evaluated ?? 0) + (excludedByBound ?? 0)).toBe(times.length);
    expect(result?.optimal).toBe(true);
  },
);

test('every layout of the space is visited once', async () => {
  const seen = new Set<string>();
  let count = 0;
  for (const layout of layoutSpace(await plan())) {
    seen.add(JSON.stringify(layout));
    count += 1;
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
  const all = [result?.best, ...(result?.alternatives ?? [])];
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
  expect(result?.best).toBeNull();
  expect(result?.smallest?.estimate.memory.fits).toBe(false);
  expect(result?.counts.evaluated).toBe(0);
  expect(result?.rejected.reduce((sum, {count}) => sum + count, 0)).toBe(result?.counts.space);
});

test('a precision that the device lacks has no answer', async () => {
  const subject = await plan();
  expect(searchLayouts({...subject, training: {...subject.training, precision: 'fp8'}})).toBeNull();
});

test('a plan that states tensor, pipeline and micro-batch is completed with the usual values', async () => {
  const complete = completeLayout(await plan('layout: {tensor: 8, pipeline: 2, micro_batch: 1}'));
  expect(complete).toMatchObject({data: 2, schedule: '1f1b', sharding: 'none', recompute: 'none'});
  expect(completeLayout(await plan('layout: {tensor: 8}'))).toBeNull();
});
