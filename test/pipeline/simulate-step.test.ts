import {describe, expect, test} from 'vitest';
import {completeLayout} from '../../src/frameworks/complete-layout.js';
import type {ScheduleName} from '../../src/layout/layout.js';
import {estimateStep, type StepSubject} from '../../src/pipeline/estimate.js';
import {simulateStep} from '../../src/pipeline/simulate-step.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';

async function subject(model: string, schedule: ScheduleName, layout = ''): Promise<StepSubject> {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
name: schedules
model: ${model}
cluster: {hardware: h800, nodes: 32, software: megatron-core}
training: {tokens: 1e12, sequence_length: 4096, global_batch: 1024, precision: bf16}
layout: {tensor: 1, pipeline: 8, micro_batch: 1, schedule: ${schedule}, sharding: optimizer${layout}}
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  const complete = completeLayout(read.plan);
  if (complete === null) throw new Error('the plan states its degrees');
  return {...read.plan, layout: complete};
}

describe('the closed form of a whole step stays by the event simulation', () => {
  test.each([
    ['gpipe', '', 1e-9],
    ['1f1b', '', 0.005],
    ['interleaved', ', virtual_stages: 2', 0.005],
    ['zb-h1', '', 0.005],
    ['zb-v', '', 0.005],
    ['dualpipe', '', 0.005],
  ] as const)('%s on an uneven model, within %3$d', async (schedule, extra, bound) => {
    const simulated = simulateStep(await subject('llama-3-70b', schedule, extra));
    const difference = (simulated?.closedFormSeconds ?? Number.NaN) / (simulated?.pipeline.seconds ?? 1) - 1;
    expect(Math.abs(difference)).toBeLessThanOrEqual(bound);
  });
});

test('DualPipe hides all-to-alls that 1F1B exposes, at twice the parameters', async () => {
  const plain = estimateStep(await subject('qwen3-30b-a3b', '1f1b', ', expert: 32'));
  const paired = estimateStep(await subject('qwen3-30b-a3b', 'dualpipe', ', expert: 32'));
  expect(paired?.parts.expertCommunication).toBeLessThan(0.9 * (plain?.parts.expertCommunication ?? 0));
  const weights = (estimate: typeof plain) => estimate?.memory.stages[3]?.weights ?? Number.NaN;
  expect(weights(paired) / weights(plain)).toBeCloseTo(2, 1);
});

test('zero-bubble schedules shorten the bubble of 1F1B, and interleaving divides it', async () => {
  const bubble = async (schedule: ScheduleName, extra = '') =>
    estimateStep(await subject('llama-3-70b', schedule, extra)).parts.pipelineBubble ?? Number.NaN;
  const plain = await bubble('1f1b');
  expect(await bubble('zb-h1')).toBeLessThan(plain);
  expect(await bubble('zb-v')).toBeLessThan(plain);
  expect((await bubble('interleaved', ', virtual_stages: 5')) / plain).toBeLessThan(0.5);
});
