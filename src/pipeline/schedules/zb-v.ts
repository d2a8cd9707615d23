import {zeroBubbleVSeconds} from '../closed-forms/zb-v-seconds.js';
import {vShapedPlacement} from './placement.js';
import {backwardInputOf, backwardWeightOf, forwardOf, repeat} from './program.js';
import type {Schedule} from './schedule.js';

/**
 * Two chunks a device, laid out as a V: the first device holds the first chunk of the model and the last,
 * so a gradient is back where it is needed as soon as the loss is known. No bubble where F = B = W, in
 * the memory of 1F1B's first stage.
 *
 * The order is that of F = B = W, whatever the times are, and is made for at least 2 p - 1 micro-batches;
 * with fewer, the passes that lack one are left out.
 *
 * @see Qi et al. 2023 (arXiv 2401.10241) sec. 6 and 2024 (arXiv 2405.15362); the order of
 *   ScheduleZBVZeroBubble in pytorch/pytorch, torch/distributed/pipelining/schedules.py
 */
export const zeroBubbleV: Schedule = {
  name: 'zb-v',
  numChunks: () => 2,
  placement: vShapedPlacement,
  program: (device, {stages, microbatches}) => {
    const below = stages - 1 - device;
    const steady = Math.max(microbatches, 2 * stages - 1) - stages;
    const wholeBackward = (chunk: number) => [backwardInputOf(chunk), backwardWeightOf(chunk)];
    return [
      repeat(2 * below + 1, forwardOf(0)),
      repeat(device, forwardOf(1), forwardOf(0)),
      repeat(below + 1, forwardOf(1), ...wholeBackward(1)),
      repeat(steady, forwardOf(0), ...wholeBackward(0), forwardOf(1), ...wholeBackward(1)),
      repeat(device, backwardInputOf(0), backwardInputOf(1)),
      repeat(below + 1, ...wholeBackward(0)),
      repeat(device, backwardWeightOf(1)),
      repeat(device, backwardWeightOf(0)),
    ];
  },
  seconds: zeroBubbleVSeconds,
  // Of the way down and of the way up; 2 p in all once there are enough micro-batches.
  inFlight: (device, {stages, microbatches}) =>
    Math.min(microbatches, 2 * stages - 1 - device) + Math.min(microbatches, device + 1),
};
