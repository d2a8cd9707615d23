import {numDevicesOf, type Plan} from '../../plan/plan.js';
import type {Checkpoint} from '../checkpoint.js';
import {dalyInterval} from './checkpoint-interval.js';
import type {FailureProcess} from './failure-process.js';

/**
 * Failures of the whole job of a plan: any device stops it, whether it fails or is taken away.
 *
 * @param stepSeconds no two checkpoints are closer
 */
export function jobFailures(plan: Plan, checkpoint: Checkpoint, stepSeconds: number): FailureProcess {
  const {operation} = plan;
  const {failures, spot} = operation;
  const rateOfDevice =
    (failures === null ? 0 : 1 / failures.meanTimeBetweenFailures) +
    (spot === null ? 0 : 1 / spot.meanTimeBetweenInterruptions);
  const meanTimeBetweenFailures = rateOfDevice === 0 ? Infinity : 1 / (rateOfDevice * numDevicesOf(plan));
  const pause = checkpoint.pauseSeconds;
  const {every} = operation.checkpoint;
  const wanted =
    every !== 'auto'
      ? every
      : meanTimeBetweenFailures === Infinity
        ? Infinity
        : dalyInterval({pauseSeconds: pause, meanTimeBetweenFailures});
  return {
    meanTimeBetweenFailures,
    // A checkpoint is in storage before the next one begins.
    interval: Math.max(wanted, stepSeconds, checkpoint.writeSeconds - pause),
    pause,
    restart: (failures?.detection ?? 0) + (failures?.restart ?? 0),
    spares: failures?.spares ?? null,
  };
}
