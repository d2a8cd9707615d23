import type {Plan} from '../layout/plan.js';
import type {StepEstimate} from '../pipeline/estimate.js';
import {stepBand} from '../pipeline/step-band.js';
import {type Band, scaleBand} from '../units/band.js';

/** A whole run: every step of the plan's tokens, one after the other. */
export interface RunEstimate {
  readonly steps: number;
  readonly seconds: Band;
  /** Share of the wall-clock that is spent on steps that count. */
  readonly goodput: number;
  /** At the median. */
  readonly deviceHours: number;
  /** At the median and the profile's price; null where it has none. */
  readonly costUsd: number | null;
  /** At the median, all devices at their rated power; hosts and cooling are not counted. */
  readonly energyJoules: number;
}

const secondsPerHour = 3600;

/** Steps, wall-clock, cost and energy of `plan` when each step takes as long as `estimate` says. */
export function estimateRun(plan: Plan, estimate: StepEstimate): RunEstimate {
  const {training, cluster} = plan;
  const steps = Math.ceil(training.tokens / (training.globalBatch * training.sequenceLength));
  const seconds = scaleBand(stepBand(estimate, cluster.software), steps);
  const deviceSeconds = seconds.p50 * cluster.numDevices;
  const {price, power} = cluster.accelerator;
  return {
    steps,
    seconds,
    goodput: 1,
    deviceHours: deviceSeconds / secondsPerHour,
    costUsd: price === null ? null : deviceSeconds * price,
    energyJoules: deviceSeconds * power,
  };
}
