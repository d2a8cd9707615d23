import fc from 'fast-check';
import type {ScheduleName} from '../../../src/layout/layout.js';
import {type EvenPipeline, plainEnds} from '../../../src/pipeline/closed-forms/even-pipeline.js';
import type {Schedule} from '../../../src/pipeline/schedules/schedule.js';
import {schedules} from '../../../src/pipeline/schedules/schedules.js';
import {evenChunkTimes} from '../../../src/pipeline/simulation/chunk-times.js';
import type {PipelineObserver} from '../../../src/pipeline/simulation/pipeline-event.js';
import {type PipelineSimulation, simulatePipeline} from '../../../src/pipeline/simulation/simulate.js';

/** One second for each pass of a micro-batch through a slice, and nothing else. */
export const unitPipeline: EvenPipeline = {
  stages: 4,
  virtualStages: 1,
  microbatches: 8,
  forward: 1,
  backwardInput: 1,
  backwardWeight: 1,
  ...plainEnds,
  send: 0,
  sendOverlap: 0,
  forwardBackwardOverlap: 0,
};

export function simulateEven(
  name: ScheduleName,
  pipeline: EvenPipeline,
  observe?: PipelineObserver,
): PipelineSimulation {
  const schedule: Schedule = schedules[name];
  const chunks = schedule.placement(pipeline).routes[0]?.stops.length ?? 0;
  return simulatePipeline(schedule, pipeline, evenChunkTimes(pipeline, chunks), observe);
}

/** Simulated over closed form, less 1: above 0 where the closed form is too low. */
export function closedFormError(name: ScheduleName, pipeline: EvenPipeline): number {
  return simulateEven(name, pipeline).seconds / schedules[name].seconds(pipeline) - 1;
}

interface Choices {
  readonly stages?: fc.Arbitrary<number>;
  readonly virtualStages?: fc.Arbitrary<number>;
  /** Micro-batches for a number of stages. */
  readonly microbatches?: (stages: number) => fc.Arbitrary<number>;
  /** Up to so many times a pass: 0 for ends like the rest. */
  readonly ends?: number;
  /** Up to so many times a pass. */
  readonly send?: number;
  readonly sendOverlap?: fc.Arbitrary<number>;
  readonly forwardBackwardOverlap?: fc.Arbitrary<number>;
}

/** How far the closed form is off, either way, for 3000 pipelines within `choices`; the same ones every time. */
export function closedFormErrors(name: ScheduleName, choices: Choices): number[] {
  const pipelines = fc.sample(evenPipelines(choices), {numRuns: 3000, seed: 1});
  return pipelines.map(pipeline => Math.abs(closedFormError(name, pipeline)));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whole numbers of 64ths of a second, so that sums of them are exact. */
const passSeconds = fc.integer({min: 32, max: 96}).map(n => n / 64);
const upTo = (most: number) => fc.integer({min: 0, max: Math.round(most * 64)}).map(n => n / 64);

/** Pipelines at random, within `choices`. */
export function evenPipelines(choices: Choices = {}): fc.Arbitrary<EvenPipeline> {
  const {ends = 0, send = 0} = choices;
  return (choices.stages ?? fc.integer({min: 1, max: 8})).chain(stages =>
    fc.record({
      stages: fc.constant(stages),
      virtualStages: choices.virtualStages ?? fc.constant(1),
      microbatches: choices.microbatches?.(stages) ?? fc.integer({min: 1, max: 24}),
      forward: passSeconds,
      backwardInput: passSeconds,
      backwardWeight: passSeconds,
      firstForward: upTo(ends),
      firstBackwardInput: upTo(ends),
      firstBackwardWeight: upTo(ends),
      lastForward: upTo(ends),
      lastBackwardInput: upTo(ends),
      lastBackwardWeight: upTo(ends),
      send: upTo(send),
      sendOverlap: choices.sendOverlap ?? fc.constant(0),
      forwardBackwardOverlap: choices.forwardBackwardOverlap ?? fc.constant(0),
    }),
  );
}
