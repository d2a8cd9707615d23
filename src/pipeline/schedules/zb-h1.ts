import {zeroBubbleH1Seconds} from '../closed-forms/zb-h1-seconds.js';
import {inTurnPlacement} from './placement.js';
import {backwardInputOf, backwardWeightOf, forwardOf, repeat} from './program.js';
import type {Schedule} from './schedule.js';

/**
 * 1F1B with the gradients of the weights apart: stage i puts off i of them, so that the gradients of the
 * inputs come back sooner, and does them while the pipeline drains. The memory of 1F1B's first stage,
 * on every stage.
 *
 * @see Qi et al. 2023, "Zero Bubble Pipeline Parallelism" (arXiv 2401.10241), sec. 2
 */
export const zeroBubbleH1: Schedule = {
  name: 'zb-h1',
  numChunks: () => 1,
  placement: shape => inTurnPlacement(shape, 1, shape.microbatches),
  program: (device, {stages, microbatches}) => {
    const warmUp = Math.min(microbatches, stages - 1 - device);
    const putOff = Math.min(microbatches - warmUp, device);
    return [
      repeat(warmUp, forwardOf(0)),
      repeat(putOff, forwardOf(0), backwardInputOf(0)),
      repeat(microbatches - warmUp - putOff, forwardOf(0), backwardInputOf(0), backwardWeightOf(0)),
      repeat(warmUp, backwardInputOf(0), backwardWeightOf(0)),
      repeat(putOff, backwardWeightOf(0)),
    ];
  },
  seconds: zeroBubbleH1Seconds,
  inFlight: (_device, {stages, microbatches}) => Math.min(microbatches, stages),
};
