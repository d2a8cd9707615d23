import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  closedFormError,
  closedFormErrors,
  evenPipelines,
  mean,
  simulateEven,
  unitPipeline,
} from './even-pipelines.js';

const many = {numRuns: 3000};
const stages = fc.integer({min: 2, max: 8});
const shares = fc.constantFrom(0, 0.5, 1);
const enough = (p: number) => fc.integer({min: 2 * p - 1, max: 2 * p + 20});

describe('zb-h1', () => {
  test('bubble is the published (p - 1)(F + B - W) where W is the shortest pass', () => {
    fc.assert(
      fc.property(evenPipelines({stages, microbatches: enough}), pipeline => {
        const {stages: p, microbatches: m, forward: f, backwardInput: b, backwardWeight: w} = pipeline;
        fc.pre(w <= Math.min(f, b));
        expect(simulateEven('zb-h1', pipeline).seconds - m * (f + b + w)).toBe((p - 1) * (f + b - w));
      }),
      many,
    );
  });

  test('bubble is a third of that of 1f1b when F = B = W', () => {
    const seconds = (name: 'zb-h1' | '1f1b') => simulateEven(name, unitPipeline).seconds - 24;
    expect(seconds('1f1b')).toBe(9);
    expect(seconds('zb-h1')).toBe(3);
  });

  test('closed form is exact for any passes and any number of micro-batches', () => {
    fc.assert(
      fc.property(evenPipelines(), pipeline => {
        expect(closedFormError('zb-h1', pipeline)).toBeCloseTo(0, 12);
      }),
      many,
    );
  });

  test('closed form is within 12 % with uneven ends and messages, and 0.5 % on average', () => {
    const choices = {stages, microbatches: enough, ends: 1, send: 0.2, sendOverlap: shares};
    const errors = closedFormErrors('zb-h1', choices);
    expect(Math.max(...errors)).toBeLessThan(0.12);
    expect(mean(errors)).toBeLessThan(0.005);
  });
});

describe('zb-v', () => {
  test('no device idles between its first and its last pass when F = B = W', () => {
    fc.assert(
      fc.property(evenPipelines({stages, microbatches: enough}), pipeline => {
        const even = {...pipeline, backwardInput: pipeline.forward, backwardWeight: pipeline.forward};
        for (const device of simulateEven('zb-v', even).devices) {
          expect(device.endSeconds - device.startSeconds).toBe(device.computeSeconds);
        }
      }),
      {numRuns: 500},
    );
  });

  test('closed form is exact for any passes, once there are 2 p - 1 micro-batches', () => {
    fc.assert(
      fc.property(evenPipelines({stages, microbatches: enough}), pipeline => {
        expect(closedFormError('zb-v', pipeline)).toBeCloseTo(0, 12);
      }),
      many,
    );
  });

  test('closed form is within 12 % with fewer, and 1 % on average', () => {
    const few = (p: number) => fc.integer({min: 1, max: 2 * p - 2});
    const errors = closedFormErrors('zb-v', {stages, microbatches: few});
    expect(Math.max(...errors)).toBeLessThan(0.12);
    expect(mean(errors)).toBeLessThan(0.01);
  });

  test('closed form is within 12 % with uneven ends and messages, and 1 % on average', () => {
    const choices = {stages, microbatches: enough, ends: 1, send: 0.2, sendOverlap: shares};
    const errors = closedFormErrors('zb-v', choices);
    expect(Math.max(...errors)).toBeLessThan(0.12);
    expect(mean(errors)).toBeLessThan(0.01);
  });
});
