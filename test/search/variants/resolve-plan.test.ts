import {expect, test} from 'vitest';
import type {Layout} from '../../../src/layout/layout.js';
import {readPlanText} from '../../../src/plan-file/read-plan.js';
import {resolvePlan} from '../../../src/search/variants/resolve-plan.js';
import {answerVariants} from '../../../src/search/variants/search-variants.js';

async function spaceOf(rest: string, software = 'generic') {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1\nmodel: llama-3-8b\ncluster: {hardware: h100-sxm, nodes: 2, software: ${software}}
training: {tokens: 10e9, sequence_length: 4096, global_batch: 64}\n${rest}`,
  );
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.space;
}

const noLoss = () => 0;

async function layoutOf(rest: string, software?: string): Promise<Layout> {
  const resolved = resolvePlan(await spaceOf(rest, software), noLoss);
  if (!('layout' in resolved)) throw new Error(JSON.stringify(resolved));
  return resolved.layout;
}

test('a plan that leaves degrees open has the best layout of a search', async () => {
  const space = await spaceOf('layout: {tensor: 2}');
  const best = answerVariants(space).best?.candidate.layout;
  expect(await layoutOf('layout: {tensor: 2}')).toEqual(best);
});

test('of what the search section opens, the best by the goal is taken', async () => {
  const space = await spaceOf('search: {global_batch: [32, 64, 128]}');
  const resolved = resolvePlan(space, noLoss);
  if (!('layout' in resolved)) throw new Error('the plan has a layout');
  expect(resolved.choices).toEqual(answerVariants(space).best?.variant.choices);
  expect(resolved.plan.training.globalBatch).toBe(resolved.choices.globalBatch);
});

test('a stated layout is answered as stated, even where it does not fit', async () => {
  const stated = 'layout: {tensor: 1, pipeline: 1, micro_batch: 4, sharding: none, recompute: none}';
  const resolved = resolvePlan(await spaceOf(stated), noLoss);
  if (!('layout' in resolved)) throw new Error('a stated layout is answered');
  expect(resolved.estimate.memory.fits).toBe(false);
  expect(resolved.layout).toMatchObject({tensor: 1, data: 16, microBatch: 4});
});

test('what a stack does not support is a problem, not an answer', async () => {
  const resolved = resolvePlan(
    await spaceOf('layout: {tensor: 1, pipeline: 2, micro_batch: 1, schedule: zb-h1}'),
    noLoss,
  );
  expect('problems' in resolved && resolved.problems.map(({code}) => code)).toEqual(['unsupported-schedule']);
});
