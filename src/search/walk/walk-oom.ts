import {allocatedBytes, type StageMemory} from '../../cost/memory/memory.js';
import type {StageActivations} from '../../cost/memory/stage-activations.js';
import type {StageStates} from '../../cost/memory/stage-memory.js';
import type {Layout, Recompute} from '../../layout/layout.js';
import {fullestStage} from '../../pipeline/layout-memory.js';
import {layoutOf} from '../space/layout-space.js';
import type {OomLayout} from './oom-layouts.js';
import type {ChosenStates, OrderedStates} from './state-tables.js';
import type {DegreesWalk, PipelineWalk, RecomputeCandidate} from './walk.js';

/** The layout of all choices made. */
export function chosenLayout(
  {micro, candidate}: PipelineWalk,
  recompute: Recompute,
  {order}: OrderedStates,
  {choice}: ChosenStates,
): Layout {
  const {degrees, layer, microBatch} = micro;
  return layoutOf({
    degrees: degrees.space.degrees,
    layer,
    microBatch,
    candidate: candidate,
    recompute,
    rankOrder: order.rankOrder,
    state: choice,
  });
}

/** What the fullest stage holds. @param states of each class of stages */
export function fullestOf(
  {micro, candidate}: PipelineWalk,
  activations: readonly StageActivations[],
  {offload}: Pick<Layout, 'offload'>,
  states: readonly StageStates[],
): StageMemory {
  const {pipeline, virtualStages, schedule, stages} = candidate;
  return fullestStage({
    layout: {pipeline, virtualStages, schedule, offload},
    stages,
    states,
    activations,
    numMicrobatches: micro.numMicrobatches,
  });
}

/** Records a layout out of memory. @param count layouts that fall for the same reason and need no less */
export function recordOom({collector}: DegreesWalk, oom: OomLayout, count: number): void {
  collector.counts.excludedByMemory += count;
  collector.oom?.record(oom, count);
}

/**
 * Records layouts that cannot fit whatever the choice of states, with the one that comes near the least as
 * their example. Where the layout of least memory is sought, each that may be it is recorded.
 *
 * @param count of those and of others that need more
 * @returns the example
 */
export function recordOomBound(
  walk: PipelineWalk,
  {recompute, activations, leastBytes}: RecomputeCandidate,
  count: number,
): OomLayout {
  const {degrees} = walk.micro;
  const oomOf = (order: OrderedStates, chosen: ChosenStates): OomLayout => {
    const fullest = fullestOf(walk, activations, chosen.choice, chosen.states);
    const neededBytes = allocatedBytes(fullest) + degrees.states.outsideAllocatorBytes();
    return {fullest, neededBytes, layout: () => chosenLayout(walk, recompute, order, chosen)};
  };
  const {least, orders} = walk.states;
  const example = oomOf(least.order, least.chosen);
  recordOom(degrees, example, count);
  const {oom} = degrees.collector;
  if (oom?.maySeek(leastBytes) !== true) return example;
  for (const order of orders) {
    for (const chosen of order.chosen) oom.recordLeast(oomOf(order, chosen));
  }
  return example;
}

/** The one that comes closer to fitting; of two alike the first. */
export function closer(a: OomLayout | null, b: OomLayout): OomLayout {
  return a === null || b.neededBytes < a.neededBytes ? b : a;
}
