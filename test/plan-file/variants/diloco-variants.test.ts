import {expect, test} from 'vitest';
import {readPlanText} from '../../../src/plan-file/read-plan.js';
import {planLoss} from '../../../src/scaling/loss/plan-loss.js';

async function spaceOf(further = '') {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
model: tinyllama-1.1b
cluster: {hardware: h100-sxm, devices: 16}
training: {tokens: 22e9, sequence_length: 2048, global_batch: 128}
diloco: {replicas: 2, inner_steps: 100, link: {bandwidth: 1 Gbit/s, latency: 10 ms}}
search: {diloco: {replicas: [2, 4], inner_steps: [30, 100], fragments: [1, 4]}}
${further}
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.space;
}

test('outer levels are designs beside data parallel, each trained to the same loss', async () => {
  const {variants} = await spaceOf();
  expect(variants).toHaveLength(9);
  expect(variants[0]).toMatchObject({choices: {replicas: 'none'}, plan: {diloco: null}});
  const reference = planLoss(variants[0]!.plan).value;
  for (const {choices, plan} of variants.slice(1)) {
    expect(Math.abs(planLoss(plan).value / reference - 1)).toBeLessThan(1e-5);
    expect(choices.tokens ?? 22e9).toBe(plan.training.tokens);
    // A 1.1B model loses by replicas that meet seldom: it needs more tokens.
    if (plan.diloco?.innerSteps === 100) expect(plan.training.tokens).toBeGreaterThan(22e9);
  }
});

test('where loss is minimized tokens stay, and the losses differ', async () => {
  const {variants} = await spaceOf('goal: {minimize: loss}');
  expect(variants.every(({plan}) => plan.training.tokens === 22e9)).toBe(true);
  expect(new Set(variants.map(({plan}) => planLoss(plan).value)).size).toBeGreaterThan(3);
});

test('a batch that replicas do not divide is no design, and says why', async () => {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
model: tinyllama-1.1b
cluster: {hardware: h100-sxm, devices: 16}
training: {tokens: 22e9, sequence_length: 2048, global_batch: 12}
search: {diloco: {replicas: [2, 8]}}
`,
  );
  if ('problems' in read) throw new Error('readable');
  expect(read.space.variants).toHaveLength(2);
  expect(read.space.infeasible).toEqual([
    {
      choices: {replicas: 8, innerSteps: 100, fragments: 1},
      reason: 'the replicas do not divide the global batch',
    },
  ]);
});
