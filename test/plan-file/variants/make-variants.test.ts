import {expect, test} from 'vitest';
import type {PlanVariants} from '../../../src/plan/variant.js';
import {readPlanText} from '../../../src/plan-file/read-plan.js';
import {goodPlan, printedProblems} from '../plans.js';

async function spaceOf(search: string, text = goodPlan): Promise<PlanVariants> {
  const read = await readPlanText('plan.yaml', `${text}search: ${search}\n`);
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.space;
}

test('a plan that opens nothing beside the layout has one design, as it is', async () => {
  const read = await readPlanText('plan.yaml', goodPlan);
  if ('problems' in read) throw new Error('the plan is right');
  expect(read.space).toEqual({variants: [{choices: {}, plan: read.plan}], infeasible: []});
});

test('designs are all combinations of what the search section opens', async () => {
  const {variants, infeasible} = await spaceOf(
    '{nodes: [64, 128], global_batch: [512, 1024], sequence_length: [2048, 4096]}',
  );
  expect(variants).toHaveLength(8);
  expect(infeasible).toEqual([]);
  const {choices, plan} = variants[5]!;
  expect(choices).toEqual({nodes: 128, globalBatch: 512, sequenceLength: 4096});
  expect(plan.cluster.numDevices).toBe(1024);
  expect(plan.training).toMatchObject({globalBatch: 512, sequenceLength: 4096, tokens: 300e9});
});

test.each([
  ['{nodes: {min: 3, max: 6}}', [3, 4, 5, 6].map(nodes => ({nodes}))],
  ['{nodes: {min: 3, max: 9, step: 3}}', [3, 6, 9].map(nodes => ({nodes}))],
  ['{devices: {min: 10, max: 30}}', [16, 24].map(devices => ({devices}))],
  ['{devices: {min: 10, max: 13, step: 1}}', [10, 11, 12, 13].map(devices => ({devices}))],
])('%s opens what lies between, devices by whole nodes unless a step is stated', async (search, choices) => {
  expect((await spaceOf(search)).variants.map(variant => variant.choices)).toEqual(choices);
});

test('machines bring their own stack and price; a precision that one lacks makes an impossible design', async () => {
  const {variants, infeasible} = await spaceOf(
    '{hardware: [a100-80gb, {name: h100-sxm, software: megatron-core, price: $3.6/hour}], precision: [bf16, fp8]}',
  );
  expect(variants.map(({choices}) => choices)).toEqual([
    {hardware: 'a100-80gb', precision: 'bf16'},
    {hardware: 'h100-sxm', software: 'megatron-core', precision: 'bf16'},
    {hardware: 'h100-sxm', software: 'megatron-core', precision: 'fp8'},
  ]);
  expect(variants[1]!.plan.cluster).toMatchObject({hardware: 'h100-sxm', software: {name: 'megatron-core'}});
  expect(variants[1]!.plan.cluster.accelerator.price).toBeCloseTo(3.6 / 3600, 12);
  expect(infeasible).toEqual([
    {choices: {hardware: 'a100-80gb', precision: 'fp8'}, reason: expect.stringContaining('has no fp8')},
  ]);
});

test('a size that only the search opens is its first value elsewhere', async () => {
  const read = await readPlanText(
    'plan.yaml',
    `${goodPlan.replace(/^ *nodes:.*$/m, '')}search: {nodes: [16, 32]}\n`,
  );
  expect('plan' in read && read.plan.cluster.numDevices).toBe(128);
});

test.each([
  ['{nodes: [8, 8]}', /search\.nodes\[1\]: 8 is given twice/],
  ['{nodes: [8], devices: [8]}', /search\.devices: the size of the cluster is opened twice/],
  ['{nodes: {min: 9, max: 3}}', /search\.nodes: min 9 is above max 3 {2}\(swap them\)/],
  ['{nodes: []}', /search\.nodes/],
  ['{nodes: {min: 1}}', /search\.nodes/],
  ['{global_batch: {min: 1, max: 10000}}', /search: opens 10000 designs .*\(list fewer values/],
  ['{hardware: [h100-sxn]}', /search\.hardware\[0\]: unknown hardware "h100-sxn" {2}\(did you mean h100-sxm/],
  ['{precision: [fp8]}', /none of the designs is possible: .* has no fp8/],
  ['{precision: [bf61]}', /search\.precision\[0\]: unknown value .*bf16/],
])('%s is told as a problem with what to do', async (search, problem) => {
  const problems = await printedProblems(`${goodPlan}search: ${search}\n`);
  expect(problems.join('\n')).toMatch(problem);
  for (const line of problems) expect(line).toMatch(/^plan\.yaml:\d+:\d+ /);
});
