import {expect, test} from 'vitest';
import {readPlanText} from '../../../src/plan-file/read-plan.js';
import {batchFit} from '../../../src/scaling/batch/useful-share.js';
import {dilocoLossRatio} from '../../../src/scaling/diloco/loss-ratio.js';
import {lossOf} from '../../../src/scaling/loss/loss-law.js';
import {lossLaws} from '../../../src/scaling/loss/loss-laws.js';
import {planLoss} from '../../../src/scaling/loss/plan-loss.js';

async function planOf(training: string, further = '', model = 'tinyllama-1.1b') {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
model: ${model}
cluster: {hardware: h100-sxm, nodes: 8}
training: {sequence_length: 2048, ${training}}
${further}`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.plan;
}

test('a dense plan has the loss of Besiroglu at the tokens that its batch makes count', async () => {
  const plan = await planOf('tokens: 100e9, global_batch: 512');
  const {law, value, band, inputs, warnings} = planLoss(plan);
  const {usefulShare} = batchFit({tokens: 100e9, batch: 512 * 2048});
  expect(law.name).toBe('besiroglu');
  expect(inputs.tokens).toBe(100e9 * usefulShare);
  expect(value).toBe(lossOf(lossLaws.besiroglu, inputs));
  expect(band?.p10).toBeLessThan(value);
  expect(band?.p90).toBeGreaterThan(value);
  expect(warnings).toEqual([]);
});

test('replicas cost what the tables of DiLoCo say, once, whichever law it is', async () => {
  const training = 'tokens: 22e9, global_batch: 512';
  const diloco = 'diloco: {replicas: 4, inner_steps: 100}\n';
  const run = {replicas: 4, innerSteps: 100, parameters: 1.1e9};
  const together = planLoss(await planOf(training));
  const apart = planLoss(await planOf(training, diloco));
  expect(apart.value / together.value).toBeCloseTo(dilocoLossRatio(run), 4);
  // The joint law knows the replicas at 30 steps; what is left is the step from 30 to 100.
  const joint = planLoss(await planOf(training, `${diloco}loss: {law: diloco-joint}\n`));
  expect(joint.dilocoRatio).toBeCloseTo(dilocoLossRatio(run) / dilocoLossRatio({...run, innerSteps: 30}), 12);
  expect(joint.inputs.replicas).toBe(4);
  const own = planLoss(await planOf(training, `${diloco}loss: {expression: 2 + 1 / N + 0 * M}\n`));
  expect(own.dilocoRatio).toBe(1);
});

test('repeated tokens take the law that knows them, and another law says that it does not', async () => {
  const training = 'tokens: 100e9, unique_tokens: 10e9, global_batch: 512';
  const once = planLoss(await planOf('tokens: 100e9, global_batch: 512', 'loss: {law: muennighoff}\n'));
  const repeated = planLoss(await planOf(training));
  expect(repeated.law.name).toBe('muennighoff');
  expect(repeated.value).toBeGreaterThan(once.value);
  const blind = planLoss(await planOf(training, 'loss: {law: besiroglu}\n'));
  expect(blind.warnings).toContainEqual(expect.stringContaining('muennighoff knows repeated data'));
});

test('a mixture takes the law of mixtures at its granularity, and says how far beyond it is', async () => {
  const {law, inputs, warnings} = planLoss(
    await planOf('tokens: 1e12, global_batch: 512', '', 'deepseek-v2-lite-16b'),
  );
  expect(law.name).toBe('krajewski');
  expect(inputs.granularity).toBeCloseTo((8 / 3) * (2048 / 1408), 12);
  expect(warnings.join('\n')).toMatch(/parameters of .* above the 3\.7 B/);
});

test('bits of low precision reach the law that reads them', async () => {
  const further = 'loss: {law: kumar}\n';
  const bf16 = planLoss(await planOf('tokens: 20e9, global_batch: 512', further));
  const fp8 = planLoss(await planOf('tokens: 20e9, global_batch: 512, precision: fp8', further));
  expect(fp8.inputs.weightBits).toBe(8);
  expect(fp8.value).toBeGreaterThan(bf16.value);
});

test('a batch far above the critical one is told', async () => {
  const {batch, warnings} = planLoss(await planOf('tokens: 10e9, global_batch: 8192'));
  expect(batch.usefulShare).toBeLessThan(0.4);
  expect(warnings.join('\n')).toMatch(/batch of 16\.8 M tokens: above the critical/);
});
