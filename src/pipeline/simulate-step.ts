import {passPartNames} from '../cost/step.js';
import {makeEstimator, type StepSubject} from './estimate.js';
import {schedules} from './schedules/schedules.js';
import type {PipelineObserver} from './simulation/pipeline-event.js';
import {type PipelineSimulation, simulatePipeline} from './simulation/simulate.js';

/** Passes of one step simulated by events, with the time of the closed form. */
export interface StepSimulation {
  readonly pipeline: PipelineSimulation;
  /** The same part of the step by the closed form, seconds. */
  readonly closedFormSeconds: number;
}

/**
 * Runs the pipeline of one step event by event: stages as uneven as they are, each message on its own.
 *
 * @param observe called with every pass, for timelines
 */
export function simulateStep({layout, ...subject}: StepSubject, observe?: PipelineObserver): StepSimulation {
  const estimator = makeEstimator(subject);
  const {shape, times} = estimator.chunks(layout);
  const {parts} = estimator.step(layout);
  return {
    pipeline: simulatePipeline(schedules[layout.schedule], shape, times, observe),
    closedFormSeconds: passPartNames.reduce((sum, name) => sum + parts[name], 0),
  };
}
