import {expect, test} from 'vitest';
import {mmluOutsideRange, mmluScore} from '../../../src/scaling/downstream/performance-law.js';
import {taskAccuracy} from '../../../src/scaling/downstream/task-ladder.js';
import {topOneError, topOneErrorLaws} from '../../../src/scaling/downstream/top-1-error.js';

const llama3 = {
  small: {layers: 32, hiddenSize: 4096, feedForwardSize: 14336, parameters: 8e9, tokens: 15e12},
  large: {layers: 80, hiddenSize: 8192, feedForwardSize: 28672, parameters: 70e9, tokens: 15e12},
} as const;

// Reported: 66.6 and 79.5.
test('MMLU of Llama 3 8B and 70B as the planner of the authors has it', () => {
  expect(mmluScore(llama3.small)).toBeCloseTo(65.4, 1);
  expect(mmluScore(llama3.large)).toBeCloseTo(81.1, 1);
  expect(mmluOutsideRange(llama3.large)).toEqual([]);
});

test('MMLU does not fall below chance, nor rise with tokens beyond a thousand a parameter', () => {
  expect(mmluScore({...llama3.small, layers: 1, tokens: 1e6})).toBe(25);
  expect(mmluScore({...llama3.small, tokens: 80e12})).toBe(mmluScore({...llama3.small, tokens: 8e12}));
  expect(mmluScore({...llama3.small, precisionLoss: 1.5})).toBeLessThan(mmluScore(llama3.small));
});

test('a lower loss makes fewer mistakes', () => {
  for (const law of Object.values(topOneErrorLaws)) {
    expect(topOneError(law, 2.5)).toBeLessThan(topOneError(law, 3));
    expect(topOneError(law, 100)).toBeCloseTo(law.epsilon, 10);
  }
});

test('task accuracy falls from b to a + b around the middle', () => {
  const law = {a: -0.7, b: 1, k: 8, middle: 0.8};
  expect(taskAccuracy(law, 0.8)).toBeCloseTo(0.65, 12);
  expect(taskAccuracy(law, -10)).toBeCloseTo(1, 10);
  expect(taskAccuracy(law, 10)).toBeCloseTo(0.3, 10);
});
