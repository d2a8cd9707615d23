import {expect, test} from 'vitest';
import {readPlanText} from '../../../src/plan-file/read-plan.js';
import {resolvePlan} from '../../../src/search/variants/resolve-plan.js';

const read = async (nodes: number, rest = '') => {
  const plan = await readPlanText(
    'plan.yaml',
    `walltime: 1\nmodel: llama-3-8b\ncluster: {hardware: h100-sxm, nodes: ${nodes}, software: megatron-core}
training: {tokens: 10e9, sequence_length: 4096, global_batch: 256}\n${rest}`,
  );
  if ('problems' in plan) throw new Error(JSON.stringify(plan.problems));
  return plan;
};

const variants = async (nodes: number, rest = '') =>
  (await read(nodes, rest)).space.variants.map(({choices}) => [choices.nodes, choices.spareNodes]);

test('a number of nodes with a large prime factor has rounder numbers beside it', async () => {
  expect(await variants(129)).toEqual([
    [undefined, undefined],
    [128, 1],
  ]);
  expect(await variants(61)).toEqual([
    [undefined, undefined],
    [60, 1],
    [54, 7],
  ]);
  expect(await variants(128)).toEqual([[undefined, undefined]]);
});

test('a plan that opens or pins its size keeps it', async () => {
  expect(await variants(61, 'search: {nodes: [61]}')).toEqual([[61, undefined]]);
  expect(await variants(61, 'layout: {data: 61}')).toHaveLength(1);
  expect(await variants(61, 'layout: {tensor: 8, pipeline: 1}')).toHaveLength(1);
});

test('stated spare nodes grow by those that are left out', async () => {
  const {space} = await read(17, 'reliability: {spare_nodes: 2}');
  expect(space.variants[1]?.plan.operation.failures?.spares?.nodes).toBe(3);
});

test('17 nodes are no slower than 16, and one of them is spare', async () => {
  const [odd, round] = await Promise.all([read(17), read(16)]);
  const [best, of16] = [odd, round].map(({space}) => resolvePlan(space, () => 0));
  if (best === undefined || of16 === undefined || !('layout' in best) || !('layout' in of16)) {
    throw new Error('both plans have a layout');
  }
  expect(best.choices).toMatchObject({nodes: 16, spareNodes: 1});
  expect(best.estimate.seconds).toBe(of16.estimate.seconds);
});
