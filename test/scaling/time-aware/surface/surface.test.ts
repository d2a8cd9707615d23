import {expect, test} from 'vitest';
import {readPlanText} from '../../../../src/plan-file/read-plan.js';
import {candidateAt} from '../../../../src/scaling/time-aware/candidate.js';
import {limitOf, type TrainingLimit} from '../../../../src/scaling/time-aware/limit.js';
import {modelTemplate} from '../../../../src/scaling/time-aware/model-template.js';
import {fastestRate} from '../../../../src/scaling/time-aware/speeds/fastest-rate.js';
import {speedTable} from '../../../../src/scaling/time-aware/speeds/speed-table.js';
import {lossSurface} from '../../../../src/scaling/time-aware/surface/surface.js';
import {searchLayouts} from '../../../../src/search/search.js';
import {smallPlan} from '../small-plan.js';

async function smallTable(further?: string) {
  const plan = await smallPlan(further);
  const table = speedTable({
    plan,
    family: modelTemplate(plan.model, null),
    parameters: [0.3e9, 0.6e9, 1.2e9, 2.5e9, 60e9],
    batches: [32, 80, 256, 1024],
  });
  return {plan, table, limit: limitOf(plan) as TrainingLimit};
}

test('what is excluded by a bound could not have won, and bounds hold', async () => {
  const {table, limit} = await smallTable();
  const {cells, best, gap} = lossSurface(table, limit, {isProven: true});
  expect(gap).toBe(0);
  expect(cells).toHaveLength(20);
  expect(cells.some(({status}) => status === 'excluded')).toBe(true);
  expect(cells.filter(({parameters}) => parameters > 50e9).every(({status}) => status !== 'planned')).toBe(
    true,
  );
  let least = Infinity;
  for (const [i, {bound, parameters}] of cells.entries()) {
    if (parameters > 50e9) continue;
    const speed = table.speed(Math.floor(i / 4), i % 4);
    const candidate = speed && candidateAt(speed, limit);
    if (candidate === null) continue;
    expect(candidate.loss.value).toBeGreaterThanOrEqual(bound);
    expect(speed?.tokensPerSecond).toBeLessThanOrEqual(table.mostTokensPerSecond(Math.floor(i / 4)));
    least = Math.min(least, candidate.loss.value);
  }
  expect(best?.loss.value).toBe(least);
});

test('few searches find the best of all sizes and batches, within the gap that is proved', async () => {
  const {plan, limit} = await smallTable();
  const parameters = [0.6e9, 0.8e9, 1e9, 1.2e9, 1.4e9, 1.7e9, 2e9];
  const table = speedTable({
    plan,
    family: modelTemplate(plan.model, null),
    parameters,
    batches: [128, 192, 256, 512],
  });
  const {best, gap, cells} = lossSurface(table, limit);
  const few = table.searches();
  const proven = lossSurface(table, limit, {isProven: true});
  expect(few).toBeLessThan(table.searches());
  expect(best?.loss.value).toBe(proven.best?.loss.value);
  expect(gap).toBeGreaterThan(0);
  for (const {bound, status} of cells) {
    if (status !== 'planned')
      expect(bound).toBeGreaterThanOrEqual((1 - gap) * (best?.loss.value ?? 0) * 0.999_999);
  }
});

test('no layout of a mixture of experts is faster than its bound, hidden all-to-alls or split sequences', async () => {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
model: deepseek-v3-671b
cluster: {hardware: h800, devices: 1024, software: hai-llm}
training: {tokens: 1e12, sequence_length: 4096, global_batch: 2048, precision: fp8}
search: {tensor: [1], pipeline: [8, 16], context: [1], micro_batch: [1, 2]}
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  const {plan} = read;
  const most = fastestRate(plan, [plan.training.globalBatch]);
  const {best, alternatives} = searchLayouts(plan, {alternatives: 8}) ?? {best: null, alternatives: []};
  expect(best).not.toBeNull();
  for (const {estimate} of [...(best === null ? [] : [best]), ...alternatives])
    expect(most).toBeGreaterThan((2048 * 4096) / estimate.seconds);
});

test('a training ends by its limit, and uses it up but for a step', async () => {
  const {table, limit} = await smallTable();
  const best = lossSurface(table, limit).best;
  const seconds = best?.run.expectedSeconds ?? 0;
  expect(seconds).toBeLessThanOrEqual(limit.seconds * 1.001);
  expect(seconds).toBeGreaterThan(limit.seconds * 0.99);
});

test('twice the time lowers the loss, and the budget of it is the same limit', async () => {
  const {table, limit} = await smallTable();
  const once = lossSurface(table, limit).best;
  const twice = lossSurface(table, {...limit, seconds: 2 * limit.seconds}).best;
  expect(twice?.loss.value).toBeLessThan(once?.loss.value ?? 0);
  expect(limitOf(await smallPlan('goal: {budget: 192 USD}'))?.seconds).toBeCloseTo(limit.seconds, 6);
  expect(limitOf(await smallPlan('goal: {budget: 192 USD, deadline: 2 hours}'))?.seconds).toBe(7200);
});

test('a training bounded by FLOP sees as many tokens as they pay for', async () => {
  const {table, limit} = await smallTable('scaling: {flop: 1e19}');
  expect(limit).toEqual({seconds: Infinity, flop: 1e19});
  const best = lossSurface(table, limit).best;
  const parameters = best?.loss.inputs.parameters ?? 0;
  const flop = 6 * parameters * (best?.tokens ?? 0);
  expect(flop).toBeGreaterThan(0.8e19);
  expect(flop).toBeLessThan(1.2e19);
});
