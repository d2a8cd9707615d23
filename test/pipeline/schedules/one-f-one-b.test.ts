import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {schedules} from '../../../src/pipeline/schedules/schedules.js';
import {simulatePipeline} from '../../../src/pipeline/simulation/simulate.js';
import {closedFormError, evenPipelines, simulateEven, unitPipeline} from './even-pipelines.js';
import {type UnevenPipeline, unevenOneFOneBSeconds} from './uneven-one-f-one-b.js';

const many = {numRuns: 3000};

describe('1f1b', () => {
  test('takes (m + p - 1)(f + b) on equal stages', () => {
    fc.assert(
      fc.property(evenPipelines(), pipeline => {
        const {stages, microbatches, forward, backwardInput, backwardWeight} = pipeline;
        const each = forward + backwardInput + backwardWeight;
        expect(simulateEven('1f1b', pipeline).seconds).toBe((microbatches + stages - 1) * each);
        expect(schedules['1f1b'].seconds(pipeline)).toBe((microbatches + stages - 1) * each);
      }),
      many,
    );
  });

  test('closed form is exact with any ends and with messages that do not hide', () => {
    fc.assert(
      fc.property(evenPipelines({ends: 3, send: 2}), pipeline => {
        expect(closedFormError('1f1b', pipeline)).toBeCloseTo(0, 12);
      }),
      many,
    );
  });

  test('closed form is exact on equal stages with messages that hide in part or in full', () => {
    const sendOverlap = fc.constantFrom(0.25, 0.5, 1);
    fc.assert(
      fc.property(evenPipelines({send: 2, sendOverlap}), pipeline => {
        expect(closedFormError('1f1b', pipeline)).toBeCloseTo(0, 12);
      }),
      many,
    );
  });

  test('closed form is at most 2 % low with uneven ends and messages that hide', () => {
    const sendOverlap = fc.constantFrom(0.5, 1);
    fc.assert(
      fc.property(evenPipelines({ends: 3, send: 1, sendOverlap}), pipeline => {
        const error = closedFormError('1f1b', pipeline);
        expect(error).toBeGreaterThan(-1e-12);
        expect(error).toBeLessThan(0.02);
      }),
      many,
    );
  });

  test('a round trip of p micro-batches costs 2 (p - 1) hidden messages', () => {
    const pipeline = {...unitPipeline, stages: 4, microbatches: 13, send: 1, sendOverlap: 1};
    // 16 visits of a stage in 4 round trips, each of them 3 messages down and 3 up.
    expect(simulateEven('1f1b', pipeline).seconds).toBe(16 * 3 + 4 * 2 * 3);
  });
});

describe('1f1b over stages of any lengths', () => {
  const times = fc.integer({min: 1, max: 9}).chain(stages =>
    fc.record({
      forward: fc.array(fc.integer({min: 1, max: 9}), {minLength: stages, maxLength: stages}),
      backward: fc.array(fc.integer({min: 1, max: 9}), {minLength: stages, maxLength: stages}),
      microbatches: fc.integer({min: 1, max: 20}),
      send: fc.integer({min: 0, max: 3}),
    }),
  );

  function simulated({microbatches, forward, backward, send, sendOverlap}: UnevenPipeline): number {
    const zeros = forward.map(() => 0);
    const shape = {stages: forward.length, virtualStages: 1, microbatches};
    return simulatePipeline(schedules['1f1b'], shape, {
      forwardSeconds: forward,
      backwardInputSeconds: backward,
      backwardWeightSeconds: zeros,
      sendSeconds: forward.map(() => send),
      sendOverlap,
      forwardBackwardOverlap: 0,
      activationBytes: zeros,
      weightGradientBytes: zeros,
    }).seconds;
  }

  test('closed form is exact when messages do not hide', () => {
    fc.assert(
      fc.property(times, stages => {
        const pipeline = {...stages, sendOverlap: 0};
        expect(unevenOneFOneBSeconds(pipeline)).toBe(simulated(pipeline));
      }),
      many,
    );
  });

  test('closed form is a lower bound when they do, by 2 messages a micro-batch at the most', () => {
    fc.assert(
      fc.property(times, stages => {
        const pipeline = {...stages, sendOverlap: 1};
        const low = simulated(pipeline) - unevenOneFOneBSeconds(pipeline);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(2 * pipeline.send * pipeline.microbatches);
      }),
      many,
    );
  });
});
