import fc from 'fast-check';
import type {PlannedRun} from '../../src/export/export-target.js';
import {layoutProblems} from '../../src/layout/constraints.js';
import {serialLayout} from '../../src/layout/fields.js';
import {type Layout, offloads, scheduleNames, shardings} from '../../src/layout/layout.js';
import {estimateStep} from '../../src/pipeline/estimate.js';
import type {Plan} from '../../src/plan/plan.js';
import {optimizers} from '../../src/plan/training.js';
import {estimateRun} from '../../src/run/run.js';
import {gpt, mixtral} from '../model/shapes.js';
import {handCluster} from '../pipeline/hand-machine.js';
import {makePlanFor} from '../plan-maker.js';

const powers = (most: number) => fc.integer({min: 0, max: most}).map(exponent => 2 ** exponent);

/** Runs of every kind of layout that holds the invariants, whether or not a program can run it. */
export const runs: fc.Arbitrary<PlannedRun> = fc
  .record({
    mixture: fc.boolean(),
    layers: fc.constantFrom(8, 13, 16, 24),
    tensor: powers(3),
    pipeline: fc.constantFrom(1, 1, 2, 4, 6),
    data: powers(3),
    context: powers(1),
    expert: powers(2),
    expertTensor: fc.boolean(),
    microBatch: powers(2),
    rounds: fc.integer({min: 1, max: 12}),
    sequenceParallel: fc.boolean(),
    sharding: fc.constantFrom(...shardings),
    group: fc.constantFrom('all' as const, 'node' as const, 2),
    schedule: fc.constantFrom(...scheduleNames),
    virtualStages: fc.constantFrom(2, 3),
    recompute: fc.constantFrom('none' as const, 'selective' as const, 'full' as const, {layers: 2}),
    offload: fc.constantFrom('none' as const, ...offloads),
    optimizer: fc.constantFrom('adam' as const, ...optimizers),
    ring: fc.boolean(),
    asyncTensor: fc.boolean(),
    ramp: fc.boolean(),
  })
  .map(choice => {
    const dense = gpt({layers: choice.layers, hidden: 1024, heads: 16, vocabulary: 51200});
    const model = choice.mixture ? {...mixtral, numLayers: choice.layers} : dense;
    const expert = choice.mixture ? Math.min(choice.expert, choice.data) : 1;
    const interleaved = choice.schedule === 'interleaved' && choice.pipeline > 1;
    const layout: Layout = {
      ...serialLayout,
      tensor: choice.tensor,
      pipeline: choice.pipeline,
      data: choice.data,
      context: choice.context,
      expert,
      expertTensor: expert > 1 && !choice.expertTensor ? 1 : choice.tensor,
      sequenceParallel: choice.sequenceParallel && choice.tensor > 1,
      sharding: choice.sharding,
      shardingGroup: choice.group,
      microBatch: choice.microBatch,
      schedule: choice.schedule === 'interleaved' && !interleaved ? '1f1b' : choice.schedule,
      virtualStages: interleaved ? choice.virtualStages : 1,
      recompute: choice.recompute,
      offload: choice.offload,
      asyncTensor: choice.asyncTensor && choice.tensor > 1,
      contextExchange: choice.ring ? 'ring' : 'all-gather',
    };
    const globalBatch = choice.data * choice.microBatch * choice.rounds;
    const numDevices = choice.tensor * choice.pipeline * choice.data * choice.context;
    const ramp = {batchRamp: [{until: 1e8, globalBatch: choice.data * choice.microBatch}]};
    const plan = makePlanFor({
      name: 'a run',
      model,
      cluster: handCluster(numDevices),
      training: {globalBatch, optimizer: choice.optimizer, ...(choice.ramp ? ramp : {})},
      pins: layout,
    });
    return {plan, layout};
  })
  .filter(({plan, layout}) => layoutProblems(layout, plan).length === 0)
  .map(({plan, layout}) => plannedRun(plan, layout));

/** A run with its estimates. */
export function plannedRun(plan: Plan, layout: Layout): PlannedRun {
  const estimate = estimateStep({...plan, layout});
  return {file: 'plan.yaml', plan, layout, estimate, run: estimateRun(plan, estimate, {runs: 0})};
}
