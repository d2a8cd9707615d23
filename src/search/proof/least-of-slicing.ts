import type {Chunk} from '../../cost/chunk.js';
import type {Slicing} from '../space/slicing.js';
import {type LayerSeconds, leastOfChunk} from '../tables/layer-seconds.js';

/**
 * Below what all micro-batches take through the stages of a slicing, whatever is recomputed, in the unit of
 * `seconds`: the busiest stage, and behind most schedules the fill and drain of the others.
 *
 * @param seconds of one micro-batch
 */
export function leastOfSlicing(seconds: LayerSeconds, slicing: Slicing, numMicrobatches: number): number {
  const {schedule, pipeline, stages} = slicing;
  const isPaired = schedule === 'dualpipe';
  const part = isPaired ? 'silent' : 'whole';
  const kinds = stages.chunkKinds.map((chunk: Chunk) => leastOfChunk(seconds, chunk, part));
  // Of which stage pairs hide all-to-alls is not known here.
  const busiest = isPaired ? shortestStage(stages, kinds) : longestStage(stages, kinds);
  const least = numMicrobatches * busiest;
  if (!fillsAndDrains.has(schedule) || pipeline <= 2) return least;
  let middle = 0;
  for (const kind of stages.middle) middle = Math.max(middle, kinds[kind] as number);
  const {virtualStages} = slicing;
  return Math.max(least, numMicrobatches * virtualStages * middle + (pipeline - 1) * middle);
}

/**
 * Below what the stage that is counted computes for all micro-batches, in the unit of `seconds`. Which one is
 * counted is not known here.
 */
export function leastCompute(seconds: LayerSeconds, {stages}: Slicing, numMicrobatches: number): number {
  const kinds = stages.chunkKinds.map((chunk: Chunk) => leastOfChunk(seconds, chunk, 'compute'));
  return numMicrobatches * shortestStage(stages, kinds);
}

function longestStage({classes}: Slicing['stages'], kinds: readonly number[]): number {
  let longest = 0;
  for (const stage of classes) longest = Math.max(longest, stageOf(stage, kinds));
  return longest;
}

function shortestStage({classes}: Slicing['stages'], kinds: readonly number[]): number {
  let shortest = Infinity;
  for (const stage of classes) shortest = Math.min(shortest, stageOf(stage, kinds));
  return shortest;
}

function stageOf({counts, share}: Slicing['stages']['classes'][number], kinds: readonly number[]): number {
  let seconds = 0;
  for (const {chunkKind, count} of counts) seconds += share * count * (kinds[chunkKind] as number);
  return seconds;
}

/** Schedules of which every stage waits for whole passes through the others, first and last. */
const fillsAndDrains: ReadonlySet<Slicing['schedule']> = new Set(['gpipe', '1f1b', 'interleaved']);
