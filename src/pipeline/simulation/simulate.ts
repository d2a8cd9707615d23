import {scheduleProblem} from '../../layout/schedules.js';
import type {PipelineShape} from '../schedules/pipeline-shape.js';
import type {Schedule} from '../schedules/schedule.js';
import type {ChunkTimes} from './chunk-times.js';
import {compilePipeline} from './compiled-pipeline.js';
import {EventLoop} from './event-loop.js';
import type {PipelineObserver} from './pipeline-event.js';

/** One step of a pipeline, as its events went. */
export interface PipelineSimulation {
  /** Time between the first pass and the end of the last one, over all devices. */
  readonly seconds: number;
  readonly devices: readonly DeviceSimulation[];
  /** Passes done by all devices. */
  readonly numEvents: number;
}

/** One device of a step. Compute, communication and bubble add up to the seconds of the step. */
export interface DeviceSimulation {
  readonly startSeconds: number;
  /** When it has done its last pass and is rid of its last message. */
  readonly endSeconds: number;
  readonly computeSeconds: number;
  /** Messages that keep the device from computing. */
  readonly communicationSeconds: number;
  readonly bubbleSeconds: number;
  readonly peakActivationBytes: number;
  /** Most passes through a chunk whose activations are held at once, wholly or in part. */
  readonly peakInFlight: number;
}

/**
 * Runs one step event by event.
 *
 * A pass starts when its device is free and its message has arrived; the order on a device is its
 * program's. A message takes `sendSeconds` from the end of the pass; what `sendOverlap` does not hide of
 * it also keeps the sender, as where Megatron-LM waits for its batched sends and receives.
 *
 * @param observe called for every pass, in order of start on each device
 */
export function simulatePipeline(
  schedule: Schedule,
  shape: PipelineShape,
  times: ChunkTimes,
  observe?: PipelineObserver,
): PipelineSimulation {
  const problem = scheduleProblem(schedule.name, shape);
  if (problem !== null) throw new Error(problem);
  const loop = new EventLoop(compilePipeline(schedule, shape, times), observe ?? null);
  loop.run();
  const {ledger, numEvents} = loop;
  const seconds = ledger.freeSeconds.reduce((most, end) => Math.max(most, end), 0);
  const devices = Array.from({length: shape.stages}, (_, device) => {
    const computeSeconds = ledger.computeSeconds[device] as number;
    const communicationSeconds = ledger.communicationSeconds[device] as number;
    return {
      startSeconds: ledger.startSeconds[device] as number,
      endSeconds: ledger.freeSeconds[device] as number,
      computeSeconds,
      communicationSeconds,
      bubbleSeconds: seconds - computeSeconds - communicationSeconds,
      peakActivationBytes: ledger.peakBytes[device] as number,
      peakInFlight: ledger.peakInFlight[device] as number,
    };
  });
  return {seconds, devices, numEvents};
}
