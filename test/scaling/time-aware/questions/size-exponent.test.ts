import {expect, test} from 'vitest';
import {evenRatios} from '../../../../src/layout/even-ratios.js';
import type {Plan} from '../../../../src/plan/plan.js';
import {readPlanText} from '../../../../src/plan-file/read-plan.js';
import {modelTemplate} from '../../../../src/scaling/time-aware/model-template.js';
import {sizeExponents} from '../../../../src/scaling/time-aware/questions/size-exponent.js';
import {type SpeedTable, speedTable} from '../../../../src/scaling/time-aware/speeds/speed-table.js';

async function cardPlan(override = ''): Promise<Plan> {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
model:
  layers: 8
  hidden: 512
  vocabulary: 8192
  attention: {heads: 8}
  mlp: {kind: plain, hidden: 2048}
cluster: {hardware: rtx-4090, devices: 1${override}}
training: {tokens: 1e9, sequence_length: 1024, global_batch: 64}
loss: {law: muennighoff}
reliability: none
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.plan;
}

const times = evenRatios({from: 300, to: 86_400, count: 8});

async function cardTable(): Promise<SpeedTable> {
  const plan = await cardPlan();
  const parameters = evenRatios({from: 5e6, to: 0.9e9, count: 14});
  return speedTable({plan, family: modelTemplate(plan.model, null), parameters, batches: [32, 128]});
}

test('on one card the exponent is the law, and a little more because larger models use it better', async () => {
  const table = await cardTable();
  const split = sizeExponents(table, times, 1e9);
  // Both exponents of Muennighoff's law are the same: half of the compute goes to each.
  expect(split.law).toBeCloseTo(0.5, 1);
  expect(split.utilization).toBeGreaterThan(0);
  expect(split.utilization).toBeLessThan(0.05);
  expect(split.total).toBe(split.law + split.utilization + split.repeatedData);
  expect(sizeExponents(table, times, null).repeatedData).toBe(0);
});

/** C ~ t N^kappa and N* ~ C^0.5 give N* ~ t^(0.5 / (1 - 0.5 kappa)). */
test.each([0, 0.2, 0.33])(
  'speeds that rise with the power %d of the size give the exponent that follows',
  async kappa => {
    const table = await cardTable();
    const synthetic = {
      ...table,
      batches: [64],
      speed: (size: number, batch: number) => {
        const speed = table.speed(size, batch);
        const {parameters} = table.sizes[size] ?? {parameters: Number.NaN};
        return speed && {...speed, tokensPerSecond: (8e12 / parameters) * (parameters / 1e8) ** kappa};
      },
    };
    const {law, utilization} = sizeExponents(synthetic, times, null);
    expect(Math.abs(law + utilization - law / (1 - law * kappa))).toBeLessThan(0.01);
  },
);

test('at equal size a wide model is faster than a deep one, most where models are small', async () => {
  // Memory without end: what is left is the traffic and the launches of many narrow layers.
  const plan = await cardPlan(', override: {accelerator: {memory: 1000 GB}}');
  const gain = (parameters: number) => {
    const [deep = Number.NaN, wide = Number.NaN] = [24, 192].map(ratio => {
      const table = speedTable({
        plan,
        family: modelTemplate(plan.model, ratio),
        parameters: [parameters],
        batches: [64],
      });
      return (table.speed(0, 0)?.tokensPerSecond ?? 0) * (table.sizes[0]?.parameters ?? 0);
    });
    return wide / deep - 1;
  };
  const [small, middle, large] = [30e6, 300e6, 3e9].map(gain) as [number, number, number];
  expect(small).toBeGreaterThan(middle);
  expect(middle).toBeGreaterThan(large);
  expect(large).toBeGreaterThan(0);
  expect(large).toBeLessThan(small / 2);
});
