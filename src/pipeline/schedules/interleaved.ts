import {interleavedSeconds} from '../closed-forms/interleaved-seconds.js';
import {groupSize} from './microbatch-groups.js';
import type {PipelineShape} from './pipeline-shape.js';
import {inTurnPlacement} from './placement.js';
import {backwardOf, forwardOf, repeat} from './program.js';
import type {Schedule} from './schedule.js';

/**
 * 1F1B over several chunks a device, which take turns, each for a group of micro-batches: the bubble
 * shrinks by the number of chunks, for as many times the messages.
 *
 * Any number of micro-batches runs; below the number of stages the groups are too small to hide the way
 * round, and Megatron-LM refuses.
 *
 * @see Narayanan et al. 2021 (arXiv 2104.04473) sec. 2.2.2
 */
export const interleaved: Schedule = {
  name: 'interleaved',
  numChunks: virtualStages => virtualStages,
  placement: shape => inTurnPlacement(shape, shape.virtualStages, groupSize(shape)),
  program: (device, shape) => {
    const all = shape.microbatches * shape.virtualStages;
    const warmUp = Math.min(all, warmUpPasses(device, shape));
    return [
      repeat(warmUp, forwardOf('in-turn')),
      repeat(all - warmUp, forwardOf('in-turn'), backwardOf('in-turn')),
      repeat(warmUp, backwardOf('in-turn')),
    ];
  },
  seconds: interleavedSeconds,
  inFlight: (device, shape) =>
    Math.min(shape.microbatches * shape.virtualStages, warmUpPasses(device, shape) + 1),
};

/** Two passes for each stage below, there and back, and a group through all chunks but the last. */
function warmUpPasses(device: number, shape: PipelineShape): number {
  const {stages, virtualStages} = shape;
  if (virtualStages === 1) return stages - 1 - device;
  return 2 * (stages - 1 - device) + (virtualStages - 1) * groupSize(shape);
}
