import {oneFOneBSeconds} from '../closed-forms/one-f-one-b-seconds.js';
import {inTurnPlacement} from './placement.js';
import {backwardOf, forwardOf, repeat} from './program.js';
import type {Schedule} from './schedule.js';

/**
 * As many forward passes as there are stages below, then one forward, one backward, so that a stage never
 * holds more micro-batches than it takes for the first gradient to come back.
 *
 * @see Narayanan et al. 2021 (arXiv 2104.04473) sec. 2.2.1
 */
export const oneFOneB: Schedule = {
  name: '1f1b',
  numChunks: () => 1,
  placement: shape => inTurnPlacement(shape, 1, shape.microbatches),
  program: (device, {stages, microbatches}) => {
    const warmUp = Math.min(microbatches, stages - 1 - device);
    return [
      repeat(warmUp, forwardOf(0)),
      repeat(microbatches - warmUp, forwardOf(0), backwardOf(0)),
      repeat(warmUp, backwardOf(0)),
    ];
  },
  seconds: oneFOneBSeconds,
  inFlight: (device, {stages, microbatches}) => Math.min(microbatches, stages - device),
};
