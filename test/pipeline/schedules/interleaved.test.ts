import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {groupSize} from '../../../src/pipeline/schedules/microbatch-groups.js';
import {schedules} from '../../../src/pipeline/schedules/schedules.js';
import {
  closedFormError,
  closedFormErrors,
  evenPipelines,
  mean,
  simulateEven,
  unitPipeline,
} from './even-pipelines.js';

const many = {numRuns: 2000};
const stages = fc.integer({min: 1, max: 8});
const virtualStages = fc.integer({min: 2, max: 4});
/** Any number of micro-batches from that of stages on, whether or not it is a multiple. */
const enough = (p: number) => fc.integer({min: p, max: p + 24});
const multiples = (p: number) => fc.integer({min: 1, max: 8}).map(n => n * p);

describe('interleaved', () => {
  test('divides the bubble by the number of virtual stages', () => {
    fc.assert(
      fc.property(evenPipelines({stages, virtualStages, microbatches: enough}), pipeline => {
        const {stages: p, virtualStages: v, microbatches: m} = pipeline;
        const modelChunk = pipeline.forward + pipeline.backwardInput + pipeline.backwardWeight;
        // A stage's work for a micro-batch is v slices, and its 1F1B bubble (p - 1) v slices.
        expect(simulateEven('interleaved', pipeline).seconds - m * v * modelChunk).toBe(
          ((p - 1) * v * modelChunk) / v,
        );
        expect(closedFormError('interleaved', pipeline)).toBe(0);
      }),
      many,
    );
  });

  test('closed form is exact for equal slices, even with fewer micro-batches than stages', () => {
    fc.assert(
      fc.property(evenPipelines({stages, virtualStages}), pipeline => {
        expect(closedFormError('interleaved', pipeline)).toBe(0);
      }),
      many,
    );
  });

  test('with one virtual stage is 1f1b', () => {
    fc.assert(
      fc.property(evenPipelines({stages, ends: 2, send: 1}), pipeline => {
        expect(simulateEven('interleaved', pipeline)).toEqual(simulateEven('1f1b', pipeline));
        expect(schedules.interleaved.seconds(pipeline)).toBe(schedules['1f1b'].seconds(pipeline));
      }),
      {numRuns: 300},
    );
  });

  test('pays for messages that hide once down and once up the model', () => {
    const choices = {stages, virtualStages, microbatches: multiples, send: 0.25, sendOverlap: fc.constant(1)};
    fc.assert(
      fc.property(evenPipelines(choices), pipeline => {
        const silent = simulateEven('interleaved', {...pipeline, send: 0}).seconds;
        const messages = pipeline.stages === 1 ? 0 : 2 * (pipeline.stages * pipeline.virtualStages - 1);
        expect(simulateEven('interleaved', pipeline).seconds).toBe(silent + messages * pipeline.send);
        expect(closedFormError('interleaved', pipeline)).toBeCloseTo(0, 12);
      }),
      many,
    );
  });

  test('closed form is within 3 % of messages that do not hide, and never above', () => {
    const choices = {stages, virtualStages, microbatches: enough, send: 0.25};
    fc.assert(
      fc.property(evenPipelines(choices), pipeline => {
        const error = closedFormError('interleaved', pipeline);
        expect(error).toBeGreaterThan(-1e-12);
        expect(error).toBeLessThan(0.03);
      }),
      many,
    );
  });

  test('closed form is within 15 % with uneven ends and messages, and 1 % on average', () => {
    const sendOverlap = fc.constantFrom(0, 0.5, 1);
    const rough = {microbatches: enough, ends: 1, send: 0.25, sendOverlap};
    const errors = closedFormErrors('interleaved', {stages, virtualStages, ...rough});
    expect(Math.max(...errors)).toBeLessThan(0.15);
    expect(mean(errors)).toBeLessThan(0.01);
  });

  test('sends v times the messages of 1f1b', () => {
    const quiet = {...unitPipeline, send: 1};
    const messages = (name: 'interleaved' | '1f1b', v: number) =>
      simulateEven(name, {...quiet, virtualStages: v}).devices[1]?.communicationSeconds;
    expect(messages('interleaved', 3)).toBe(3 * (messages('1f1b', 1) as number));
  });
});

describe('groups of micro-batches', () => {
  test('are as many micro-batches as stages when these divide them', () => {
    expect(groupSize({stages: 4, virtualStages: 2, microbatches: 16})).toBe(4);
  });

  test('grow until the last one is not smaller than the pipeline is long', () => {
    expect(groupSize({stages: 4, virtualStages: 2, microbatches: 9})).toBe(5);
    expect(groupSize({stages: 4, virtualStages: 2, microbatches: 6})).toBe(6);
    expect(groupSize({stages: 4, virtualStages: 2, microbatches: 3})).toBe(3);
  });
});
