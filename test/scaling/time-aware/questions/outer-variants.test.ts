import {expect, test} from 'vitest';
import {numDevicesOf} from '../../../../src/plan/plan.js';
import {modelTemplate} from '../../../../src/scaling/time-aware/model-template.js';
import {dataParallelOrDiloco} from '../../../../src/scaling/time-aware/questions/data-parallel-or-diloco.js';
import {dataParallelOf, outerVariants} from '../../../../src/scaling/time-aware/questions/outer-variants.js';
import {smallPlan} from '../small-plan.js';

const slow = 'diloco: {replicas: 2, inner_steps: 50, link: {bandwidth: 1 Gbit/s, latency: 0.1 ms}}';
const limit = {seconds: 12 * 3600, flop: Infinity};

test('variants share out the same devices and the same batch', async () => {
  const plan = await smallPlan(slow, 16);
  const variants = outerVariants(plan, {replicas: [1, 2, 3, 4], innerSteps: [30, 100], fragments: [1, 2]});
  // Three replicas do not divide sixteen devices.
  expect(variants).toHaveLength(12);
  for (const variant of [...variants, dataParallelOf(plan)]) {
    expect(numDevicesOf(variant)).toBe(16);
    expect(variant.training.globalBatch * (variant.diloco?.replicas ?? 1)).toBe(128);
  }
  const together = dataParallelOf(plan);
  expect(together.diloco).toBeNull();
  expect(together.cluster.topology.map(({name}) => name)).toEqual(['node', 'link']);
  expect(together.cluster.topology.at(-1)?.bandwidth).toBe(1e9 / 8 / 8);
});

async function compared(bandwidth: string) {
  const plan = await smallPlan(slow.replace('1 Gbit/s', bandwidth), 16);
  const question = {family: modelTemplate(plan.model, null), parameters: 1.1e9, batch: 128, batches: [128]};
  const choices = {replicas: [2], innerSteps: [50], fragments: [1]};
  const {choices: answers, crossoverBandwidth} = dataParallelOrDiloco(plan, choices, question, limit);
  const [together, apart] = answers.map(({candidate}) => candidate?.loss.value ?? Number.NaN);
  return {together: together ?? Number.NaN, apart: apart ?? Number.NaN, crossoverBandwidth};
}

test('below the crossover DiLoCo is ahead, above it data parallel', async () => {
  const {together, apart, crossoverBandwidth} = await compared('1 Gbit/s');
  expect(apart).toBeLessThan(together);
  expect(crossoverBandwidth).toBeGreaterThan(1e9 / 8);
  const above = await compared(`${((crossoverBandwidth ?? Number.NaN) * 8 * 4) / 1e9} Gbit/s`);
  expect(above.together).toBeLessThan(above.apart);
});
