import {expect, test} from 'vitest';
import {completeLayout} from '../../../src/frameworks/complete-layout.js';
import {estimateStep} from '../../../src/pipeline/estimate.js';
import {readPlan} from '../../../src/plan-file/read-plan.js';
import {estimateRun} from '../../../src/run/run.js';
import {planLoss} from '../../../src/scaling/loss/plan-loss.js';
import {planCalendar} from '../../../src/scaling/time-aware/plan-calendar.js';

async function subject(name: string) {
  const read = await readPlan(`plans/${name}.yaml`);
  if ('problems' in read) throw new Error(name);
  const {plan} = read;
  const layout = completeLayout(plan);
  const estimate = layout && estimateStep({...plan, layout});
  if (estimate === null) throw new Error(name);
  return {plan, estimate};
}

test('the calendar ends with the run and its loss, and falls on the way', async () => {
  const {plan, estimate} = await subject('llama-3-405b');
  const {points, milestones} = planCalendar(plan, estimate, 12);
  expect(points).toHaveLength(12);
  expect(points.at(-1)).toMatchObject({
    seconds: estimateRun(plan, estimate, {runs: 0}).expectedSeconds,
    tokens: plan.training.tokens,
    loss: planLoss(plan).value,
  });
  for (const [i, {seconds, loss}] of points.entries()) {
    const before = points[i - 1];
    if (before === undefined) continue;
    expect(seconds).toBeGreaterThan(before.seconds);
    expect(loss).toBeLessThan(before.loss);
  }
  expect(milestones.map(({what}) => what)).toEqual([
    'batch grows to 1024 sequences',
    'batch grows to 2048 sequences',
    'compute-optimal for its size',
  ]);
  for (const {seconds} of milestones) expect(seconds).toBeLessThan(points.at(-1)?.seconds ?? 0);
});
