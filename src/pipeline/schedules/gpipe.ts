import type {EvenPipeline} from '../closed-forms/even-pipeline.js';
import {inTurnPlacement} from './placement.js';
import {backwardOf, forwardOf, repeat} from './program.js';
import type {Schedule} from './schedule.js';

/**
 * All forward passes, then all backward passes.
 *
 * @see Huang et al. 2019, "GPipe" (arXiv 1811.06965), sec. 2.3
 */
export const gpipe: Schedule = {
  name: 'gpipe',
  numChunks: () => 1,
  placement: shape => inTurnPlacement(shape, 1, shape.microbatches),
  program: (_device, {microbatches}) => [
    repeat(microbatches, forwardOf(0)),
    repeat(microbatches, backwardOf(0)),
  ],
  seconds: gpipeSeconds,
  inFlight: (_device, {microbatches}) => microbatches,
};

/**
 * All stages fill, the slowest one sets the pace, and they drain, forward and then backward. Exact.
 *
 * With equal stages (m + p - 1)(f + b).
 */
function gpipeSeconds(pipeline: EvenPipeline): number {
  const {stages: p, microbatches: m, forward: f, firstForward, lastForward} = pipeline;
  const b = pipeline.backwardInput + pipeline.backwardWeight;
  const firstBackward = pipeline.firstBackwardInput + pipeline.firstBackwardWeight;
  const lastBackward = pipeline.lastBackwardInput + pipeline.lastBackwardWeight;
  if (p === 1) return m * (f + firstForward + lastForward + b + firstBackward + lastBackward);
  // A message keeps its sender for a part of its time; the last stage sends nothing down, the first nothing up.
  const exposedSend = pipeline.send * (1 - pipeline.sendOverlap);
  const middleForward = p > 2 ? f + exposedSend : 0;
  const middleBackward = p > 2 ? b + exposedSend : 0;
  const slowestForward = Math.max(f + exposedSend + firstForward, middleForward, f + lastForward);
  const slowestBackward = Math.max(b + firstBackward, middleBackward, b + exposedSend + lastBackward);
  const once = p * (f + b) + firstForward + lastForward + firstBackward + lastBackward;
  return once + 2 * (p - 1) * pipeline.send + (m - 1) * (slowestForward + slowestBackward);
}
