import {expect, test} from 'vitest';
import {candidateAt} from '../../../src/scaling/time-aware/candidate.js';
import {limitOf, type TrainingLimit} from '../../../src/scaling/time-aware/limit.js';
import {familyOf} from '../../../src/scaling/time-aware/shape-family.js';
import {speedTable} from '../../../src/scaling/time-aware/speed-table.js';
import {lossSurface} from '../../../src/scaling/time-aware/surface.js';
import {smallPlan} from './small-plan.js';

async function smallTable(further?: string) {
  const plan = await smallPlan(further);
  const table = speedTable({
    plan,
    family: familyOf(plan.model, null),
    parameters: [0.3e9, 0.6e9, 1.2e9, 2.5e9, 60e9],
    batches: [32, 80, 256, 1024],
  });
  return {plan, table, limit: limitOf(plan) as TrainingLimit};
}

test('what is excluded by a bound could not have won, and bounds hold', async () => {
  const {table, limit} = await smallTable();
  const {cells, best} = lossSurface(table, limit);
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
