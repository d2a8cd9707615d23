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
  let busiest = isPaired ? Infinity : 0;
  for (const {counts, share} of stages.classes) {
    let stage = 0;
    for (const {chunkKind, count} of counts) stage += share * count * (kinds[chunkKind] as number);
    // Of which stage pairs hide nothing is known here.
    busiest = isPaired ? Math.min(busiest, stage) : Math.max(busiest, stage);
  }
  const least = numMicrobatches * busiest;
  if (!fillsAndDrains.has(schedule) || pipeline <= 2) return least;
  let middle = 0;
  for (const kind of stages.middle) middle = Math.max(middle, kinds[kind] as number);
  const {virtualStages} = slicing;
  return Math.max(least, numMicrobatches * virtualStages * middle + (pipeline - 1) * middle);
}

/** Schedules of which every stage waits for whole passes through the others, first and last. */
const fillsAndDrains: ReadonlySet<Slicing['schedule']> = new Set(['gpipe', '1f1b', 'interleaved']);
