import fc from 'fast-check';
import type {ScheduleName} from '../../../src/layout/layout.js';
import type {EvenPipeline} from '../../../src/pipeline/closed-forms/even-pipeline.js';
import {evenPipelines} from './even-pipelines.js';

/** Pipelines at random that a schedule can run, with uneven ends and messages. */
export function pipelinesOf(name: ScheduleName): fc.Arbitrary<EvenPipeline> {
  const rough = {ends: 2, send: 1, sendOverlap: fc.constantFrom(0, 0.5, 1)};
  if (name === 'dualpipe') {
    return evenPipelines({
      ...rough,
      stages: fc.integer({min: 1, max: 5}).map(half => 2 * half),
      microbatches: stages => fc.integer({min: stages, max: stages + 10}).map(half => 2 * half),
      forwardBackwardOverlap: fc.constantFrom(0, 0.5, 1),
    });
  }
  return evenPipelines({
    ...rough,
    virtualStages: name === 'interleaved' ? fc.integer({min: 1, max: 4}) : fc.constant(1),
  });
}
