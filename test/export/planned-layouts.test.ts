import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {LaunchTarget} from '../../src/export/export-target.js';
import {exportTarget, exportTargetNames} from '../../src/export/targets.js';
import {problemsOf} from '../../src/frameworks/problems.js';
import type {Plan} from '../../src/plan/plan.js';
import {readHardware} from '../../src/plan-file/library/library.js';
import {estimateRun} from '../../src/run/run.js';
import {searchLayouts} from '../../src/search/search.js';
import {gpt, llama, mixtral} from '../model/shapes.js';
import {handCluster} from '../pipeline/hand-machine.js';
import {makePlanFor} from '../plan-maker.js';
import {exportTo} from './export-to.js';

const read = await readHardware('h100-sxm');
if ('problems' in read) throw new Error('the profile of H100 is read');
const {software} = read.profile;

/** Targets whose text is all that their framework needs, by the framework. */
const targets = exportTargetNames
  .map(name => ({name, target: exportTarget(name)}))
  .filter(
    (entry): entry is {name: typeof entry.name; target: LaunchTarget & {framework: string}} =>
      entry.target.of === 'layout' &&
      entry.target.framework !== null &&
      entry.target.rules === undefined &&
      entry.target.release === undefined,
  )
  .filter(({target}) => software[target.framework] !== undefined);

const shapes = [
  gpt({layers: 12, hidden: 1024, heads: 16, vocabulary: 51200}),
  {...llama, numLayers: 8},
  {...mixtral, numLayers: 6},
];

/** `WALLTIME_PLANS=2000` plans as many as the full check does; a sample runs with the other tests. */
const numPlans = Number(process.env.WALLTIME_PLANS ?? 60);

test('there are frameworks with a target of their own', () => {
  expect(targets.map(({name}) => name)).toEqual(
    expect.arrayContaining(['megatron', 'deepspeed', 'torchtitan']),
  );
});

test('what is planned for a framework is never refused by its target: best, runners-up and front', () => {
  let answered = 0;
  fc.assert(
    fc.property(
      fc.record({
        target: fc.constantFrom(...targets),
        model: fc.constantFrom(...shapes),
        devices: fc.constantFrom(2, 4, 8, 12, 16),
        rounds: fc.integer({min: 1, max: 10}),
        sequenceLength: fc.constantFrom(1024, 2048, 4096),
        tight: fc.boolean(),
      }),
      ({target: {target}, model, devices, rounds, sequenceLength, tight}) => {
        const cluster = handCluster(devices);
        const stack = software[target.framework]?.stack;
        if (stack === undefined) throw new Error('the profile has the stack of every target');
        const memory = (tight ? 16e9 : 80e9) as typeof cluster.accelerator.memory;
        const plan: Plan = makePlanFor({
          model,
          cluster: {...cluster, software: stack, accelerator: {...cluster.accelerator, memory}},
          training: {globalBatch: devices * rounds, sequenceLength, tokens: 1e9},
        });
        const found = searchLayouts(plan);
        if (found === null || found.best === null) return;
        answered += 1;
        for (const {layout, estimate} of [found.best, ...found.alternatives, ...found.pareto]) {
          expect(problemsOf(layout, plan)).toEqual([]);
          const run = estimateRun(plan, estimate);
          const exported = exportTo(target, {file: 'plan.yaml', plan, layout, estimate, run});
          expect('problems' in exported ? exported.problems : []).toEqual([]);
        }
      },
    ),
    {numRuns: numPlans},
  );
  expect(answered).toBeGreaterThan(numPlans / 4);
});
