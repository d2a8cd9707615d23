import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {scheduleProblem} from '../../../src/layout/schedules.js';
import {closedFormError, closedFormErrors, evenPipelines, mean, simulateEven} from './even-pipelines.js';

const many = {numRuns: 2000};
const stages = fc.integer({min: 1, max: 5}).map(half => 2 * half);
const enough = (p: number) => fc.integer({min: p, max: p + 10}).map(half => 2 * half);
const shares = fc.constantFrom(0, 0.5, 1);

describe('dualpipe', () => {
  test('bubble is the published (p/2 - 1)(F&B + B - 3W) where F = B >= W', () => {
    fc.assert(
      fc.property(evenPipelines({stages, microbatches: enough}), pipeline => {
        const {stages: p, microbatches: m, forward: f, backwardWeight: w} = pipeline;
        fc.pre(w <= f);
        const backward = f + w;
        const pair = f + backward;
        const {seconds} = simulateEven('dualpipe', {...pipeline, backwardInput: f});
        expect(seconds - m * (f + backward)).toBe((p / 2 - 1) * (pair + backward - 3 * w));
      }),
      many,
    );
  });

  test('closed form is exact for any passes and any overlap of pairs', () => {
    fc.assert(
      fc.property(evenPipelines({stages, microbatches: enough, forwardBackwardOverlap: shares}), pipeline => {
        expect(closedFormError('dualpipe', pipeline)).toBeCloseTo(0, 12);
      }),
      many,
    );
  });

  test('closed form is within 15 % with uneven ends and messages, and 1 % on average', () => {
    const rough = {forwardBackwardOverlap: shares, ends: 1, send: 0.2, sendOverlap: shares};
    const errors = closedFormErrors('dualpipe', {stages, microbatches: enough, ...rough});
    expect(Math.max(...errors)).toBeLessThan(0.15);
    expect(mean(errors)).toBeLessThan(0.01);
  });

  test('refuses an odd number of stages and too few micro-batches', () => {
    const problem = (p: number, microbatches: number) =>
      scheduleProblem('dualpipe', {stages: p, microbatches});
    expect(problem(4, 8)).toBeNull();
    expect(problem(3, 8)).toMatch('not 3');
    expect(problem(4, 6)).toMatch('= 8, and there are 6');
    expect(problem(4, 9)).toMatch('even number of micro-batches');
  });
});
