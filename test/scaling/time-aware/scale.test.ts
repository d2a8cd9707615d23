import {expect, test} from 'vitest';
import {countParameters} from '../../../src/model/parameters.js';
import {answerScale, type ScaleAnswer} from '../../../src/scaling/time-aware/scale.js';
import {smallPlan} from './small-plan.js';

const choices =
  'scaling: {parameters: [0.4e9, 0.7e9, 0.9e9, 1.1e9, 1.6e9], global_batch: [128, 256], inference_tokens: 1e12}';

async function answerOf(further: string): Promise<ScaleAnswer> {
  const answer = answerScale(await smallPlan(further));
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

test('the best training is no worse than any other that the answer names', async () => {
  const answer = await answerOf(`goal: {deadline: 12 hours}\n${choices}`);
  const {best, own, computeOptimal, calendar, devices, inference, outer} = answer;
  expect(own?.loss.value).toBeGreaterThanOrEqual(best.loss.value);
  expect(computeOptimal.promisedLoss).toBeLessThanOrEqual(best.loss.value);
  expect(best.band.p10).toBeLessThan(best.loss.value);
  expect(best.band.p90).toBeGreaterThan(best.loss.value);
  expect(answer.optimizer.learningRate).toBeGreaterThan(1e-4);
  expect(answer.optimizer.learningRate).toBeLessThan(1e-2);
  const losses = calendar.map(({candidate}) => candidate.loss.value);
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
  expect(calendar.some(({candidate}) => candidate === best)).toBe(true);
  const byDevices = devices.choices.flatMap(({candidate}) => candidate?.loss.value ?? []);
  expect(byDevices.length).toBeGreaterThan(1);
  expect(byDevices).toEqual([...byDevices].sort((a, b) => b - a));
  expect(answer.sizes).toContain(best);
  const sizes = answer.sizes.map(({plan}) => countParameters(plan.model).total);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  for (const {loss} of answer.sizes) expect(loss.value).toBeGreaterThanOrEqual(best.loss.value);
  expect(outer).toBeNull();
  // Of equal quality a smaller model is cheaper to use.
  expect(inference?.choice?.parameters).toBeLessThan(countParameters(best.plan.model).total);
  expect(inference?.choice?.seconds).toBeLessThanOrEqual(12 * 3600);
});

test('without a limit there is no answer, and none where nothing fits', async () => {
  expect(answerScale(await smallPlan(''))).toBe('no limit');
  const large = 'goal: {deadline: 12 hours}\nscaling: {parameters: [900e9], global_batch: [64]}';
  expect(answerScale(await smallPlan(large))).toBe('nothing fits');
});

test('with data that end, more time never raises the loss: shorter and longer trainings are judged by one law', async () => {
  const sizes = 'scaling: {parameters: {from: 0.3 B, to: 4 B, count: 8}, global_batch: [128, 256]}';
  const plan = await smallPlan(`goal: {deadline: 12 hours}\n${sizes}`);
  const answer = answerScale({...plan, training: {...plan.training, uniqueTokens: 8e9}});
  if (typeof answer === 'string') throw new Error(answer);
  const laws = new Set(answer.calendar.map(({candidate}) => candidate.loss.law.name));
  expect([...laws]).toEqual(['muennighoff']);
  const losses = answer.calendar.map(({candidate}) => candidate.loss.value);
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
  expect(answer.calendar.some(({candidate}) => candidate.tokens < 8e9)).toBe(true);
  expect(answer.calendar.some(({candidate}) => candidate.tokens > 8e9)).toBe(true);
});
