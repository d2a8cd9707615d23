import {dualPipeSeconds} from '../closed-forms/dualpipe-seconds.js';
import {bidirectionalPlacement} from './placement.js';
import {
  backwardInputOf,
  backwardOf,
  backwardWeightOf,
  forwardOf,
  type Pass,
  type Phase,
  pairOf,
  repeat,
} from './program.js';
import type {Schedule} from './schedule.js';

/**
 * Micro-batches enter from both ends, and a forward pass of one direction overlaps with a backward pass
 * of the other. Every device holds two chunks of the model, so parameters are held twice.
 *
 * @see DeepSeek-V3 (arXiv 2412.19437) sec. 3.2.1; the steps are those of deepseek-ai/DualPipe,
 *   dualpipe/dualpipe.py at bb214e8
 */
export const dualPipe: Schedule = {
  name: 'dualpipe',
  numChunks: () => 2,
  placement: bidirectionalPlacement,
  program: (device, {stages, microbatches}) => {
    const fromEnd = Math.min(device, stages - 1 - device);
    const below = stages / 2 - 1 - fromEnd;
    const steady = microbatches / 2 - stages + fromEnd + 1;
    // The two devices in the middle do not overlap their first two passes, which shortens the bubble.
    const firstPair = below === 0 ? [forwardOf(0), backwardOf(1)] : [pairOf(0, 1)];
    return [
      repeat(2 * below, forwardOf(0)),
      repeat(fromEnd + 1, forwardOf(0), forwardOf(1)),
      repeat(below, backwardInputOf(1), backwardWeightOf(1), forwardOf(1)),
      repeat(1, ...firstPair, pairOf(1, 0)),
      repeat(steady - 1, pairOf(0, 1), pairOf(1, 0)),
      repeat(below, backwardOf(1), pairOf(1, 0)),
      ...drain(fromEnd, below),
    ];
  },
  seconds: dualPipeSeconds,
  inFlight: (_device, {stages}) => stages + 1,
};

/**
 * The last backward passes, of both directions in turn. From the middle on, the gradients of the
 * weights are put off, and done first in, first out once only the gradients of inputs hold others up.
 */
function drain(fromEnd: number, below: number): readonly Phase[] {
  const chunks = Array.from({length: 2 * (fromEnd + 1)}, (_, i) => (i + 1) % 2);
  const passes = chunks.map((chunk, i): Pass => (i > fromEnd ? backwardInputOf(chunk) : backwardOf(chunk)));
  const putOff = [...chunks.slice(fromEnd + 1), ...Array.from({length: below}, () => 0)];
  return [
    repeat(1, ...passes),
    ...putOff.slice(0, below).map(chunk => repeat(1, backwardWeightOf(chunk), backwardInputOf(0))),
    repeat(1, ...putOff.slice(below).map(backwardWeightOf)),
  ];
}
