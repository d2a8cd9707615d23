import {expect, test} from 'vitest';
import {estimateStep} from '../../src/pipeline/estimate.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {estimateRun} from '../../src/run/run.js';
import {completeLayout} from '../../src/search/default-layout.js';

test('a run is its steps: wall-clock, device-hours, cost and energy follow from one step', async () => {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
name: run
model: megatron-22b
cluster: {hardware: selene-a100-80gb, nodes: 1, software: megatron-lm, price: $2/hour}
training: {tokens: 1e9, sequence_length: 2048, global_batch: 4, precision: fp16}
layout: {tensor: 8, pipeline: 1, micro_batch: 4, recompute: full}
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  const {plan} = read;
  const layout = completeLayout(plan);
  if (layout === null) throw new Error('the plan states its degrees');
  const estimate = estimateStep({...plan, layout});
  if (estimate === null) throw new Error('the device has fp16');
  const run = estimateRun(plan, estimate);
  expect(run.steps).toBe(Math.ceil(1e9 / (4 * 2048)));
  expect(run.seconds.p50).toBeCloseTo(run.steps * estimate.seconds, 6);
  expect(run.seconds.p10).toBeLessThan(run.seconds.p50);
  expect(run.seconds.p90).toBeGreaterThan(run.seconds.p50);
  expect(run.deviceHours).toBeCloseTo((8 * run.seconds.p50) / 3600, 6);
  expect(run.costUsd).toBeCloseTo(2 * run.deviceHours, 4);
  expect(run.energyJoules).toBeCloseTo(400 * 8 * run.seconds.p50, 0);
});
