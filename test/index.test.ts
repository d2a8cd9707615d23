import {expect, test} from 'vitest';
import * as walltime from '../src/index.js';

const {formatProblem, readPlan, readPlanText} = walltime;

async function planOf(path: string) {
  const read = await readPlan(path);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.plan;
}

const plan = await planOf('plans/llama-3-70b-h100.yaml');
const small = await readPlanText(
  'small.yaml',
  `walltime: 1
model: gpt2-124m
cluster: {hardware: h100-sxm, devices: 4, software: megatron-core}
training: {tokens: 1e9, sequence_length: 1024, global_batch: 8}
layout: {context: 1, micro_batch: 1, virtual_stages: 1, offload: none, async_tensor: false}
`,
);
if ('problems' in small) throw new Error(small.problems.map(formatProblem).join('\n'));
const smallPlan = small.plan;

/** A claim about each value that the library exports. */
const claims: {readonly [Name in keyof typeof walltime]: () => void | Promise<void>} = {
  readPlan: () => expect(plan.model.numLayers).toBe(80),
  readPlanText: () => expect(smallPlan.training.globalBatch).toBe(8),
  readModel: async () => expect(await walltime.readModel('none')).toHaveProperty('problems'),
  readHardware: async () => expect(await walltime.readHardware('h100-sxm')).toHaveProperty('profile'),
  listModels: () => expect(walltime.listModels()).toContain('llama-3-8b'),
  listHardware: () => expect(walltime.listHardware()).toContain('h100-sxm'),
  formatProblem: async () => {
    const read = await readPlanText('mine.yaml', 'walltime: 1\nmodel: none\n');
    if (!('problems' in read)) throw new Error('the plan is wrong');
    expect(read.problems.map(formatProblem)).toContainEqual(
      expect.stringMatching(/^mine\.yaml:2:8 {2}model: /),
    );
  },
  setInPlan: () =>
    expect(walltime.setInPlan('layout: {tensor: 2} # mine\n', ['layout', 'tensor'], 4)).toEqual({
      text: 'layout: {tensor: 4} # mine\n',
    }),
  completeLayout: () => {
    const pins = {tensor: 8, pipeline: 4, microBatch: 1};
    expect(walltime.completeLayout({...plan, pins})).toMatchObject(pins);
  },
  problemsOf: () => {
    expect(walltime.problemsOf(best.layout, plan)).toEqual([]);
    expect(walltime.problemsOf({...best.layout, tensor: 3}, plan)).not.toEqual([]);
  },
  estimateStep: () => expect(walltime.estimateStep({...plan, layout: best.layout})).toEqual(best.estimate),
  stepPartNames: () => {
    const sum = walltime.stepPartNames.reduce((total, name) => total + best.estimate.parts[name], 0);
    expect(sum).toBe(best.estimate.seconds);
  },
  memoryPartNames: () => {
    const {stages, fullest, peakBytes} = best.estimate.memory;
    const sum = walltime.memoryPartNames.reduce((total, name) => total + stages[fullest]![name], 0);
    expect(sum).toBeCloseTo(peakBytes, -2);
  },
  stepBand: () => {
    const {p10, p50, p90} = walltime.stepBand(best.estimate, plan.cluster.software);
    expect(p50).toBe(best.estimate.seconds);
    expect(p10).toBeLessThan(p50);
    expect(p90).toBeGreaterThan(p50);
  },
  simulateStep: () => {
    const simulated = walltime.simulateStep({...plan, layout: best.layout});
    expect(simulated?.pipeline.seconds).toBeCloseTo(simulated?.closedFormSeconds ?? 0, 3);
  },
  countParameters: () => expect(walltime.countParameters(plan.model).total).toBeGreaterThan(70e9),
  modelFlopPerToken: () => {
    const {total} = walltime.countParameters(plan.model);
    const flop = walltime.modelFlopPerToken(plan.model, plan.training.sequenceLength, 'full');
    expect(flop / (6 * total)).toBeGreaterThan(0.97);
  },
  hardwareFlopPerToken: () => {
    const of = (recompute: 'none' | 'full') =>
      walltime.hardwareFlopPerToken(plan.model, plan.training.sequenceLength, recompute, 'full');
    expect(of('full') / of('none')).toBeCloseTo(4 / 3, 2);
  },
  estimateRun: () => expect(walltime.estimateRun(plan, best.estimate).costUsd).toBeLessThan(500e3),
  exportTargetNames: () => expect(walltime.exportTargetNames).toContain('megatron'),
  exportTarget: () => {
    const target = walltime.exportTarget('megatron');
    if (target.of !== 'layout') throw new Error('Megatron runs one layout');
    const {layout, estimate} = best;
    const run = walltime.estimateRun(plan, estimate);
    const {text} = target.write({file: 'plan.yaml', plan, layout, estimate, run});
    expect(text).toContain('--tensor-model-parallel-size');
  },
  exportRun: () => {
    const target = walltime.exportTarget('megatron');
    if (target.of !== 'layout') throw new Error('Megatron runs one layout');
    const {estimate} = best;
    const run = walltime.estimateRun(plan, estimate);
    const layout = {...best.layout, schedule: 'zb-h1' as const, pipeline: 2};
    const refused = walltime.exportRun(target, {file: 'plan.yaml', plan, layout, estimate, run}, () => null);
    expect('problems' in refused && refused.problems.length).toBeGreaterThan(0);
  },
  searchLayouts: () => expect(walltime.searchLayouts(smallPlan)?.optimal).toBe(true),
  timeEveryLayout: () => {
    const timed = walltime.timeEveryLayout(smallPlan);
    expect(timed?.bestSeconds).toBe(walltime.searchLayouts(smallPlan)?.best?.estimate.seconds);
  },
  startSearch: () => {
    const search = walltime.startSearch(smallPlan);
    search?.advance(Infinity);
    expect(search?.result().best).toEqual(walltime.searchLayouts(smallPlan)?.best);
  },
  resumeSearch: () => {
    const search = walltime.startSearch(smallPlan);
    if (search === null) throw new Error('the device has the precision');
    search.advance(1);
    const resumed = walltime.resumeSearch(smallPlan, search.snapshot());
    resumed.advance(Infinity);
    expect(resumed.result().best).toEqual(walltime.searchLayouts(smallPlan)?.best);
  },
  mergeSnapshots: () =>
    expect(walltime.mergeSnapshots(smallPlan, shards).best).toEqual(walltime.searchLayouts(smallPlan)?.best),
  mergeProblem: () => {
    expect(walltime.mergeProblem(smallPlan, shards)).toBeNull();
    expect(walltime.mergeProblem(smallPlan, shards.slice(1))).not.toBeNull();
  },
  snapshotProblem: () => {
    expect(walltime.snapshotProblem(smallPlan, shards[0]!)).toBeNull();
    expect(walltime.snapshotProblem(plan, shards[0]!)).not.toBeNull();
  },
};

const found = walltime.searchLayouts(plan)?.best;
if (!found) throw new Error('the plan has a layout');
const best: walltime.Candidate = found;

/** The two halves of a search. */
const shards = [0, 1].map(index => {
  const search = walltime.startSearch(smallPlan, {shard: {index, of: 2}});
  if (search === null) throw new Error('the device has the precision');
  search.advance(Infinity);
  return search.snapshot();
});

test.each(Object.entries(claims))('the library exports %s', async (_name, claim) => claim());

test('every exported value has a claim', () => {
  expect(Object.keys(claims).sort()).toEqual(Object.keys(walltime).sort());
});
