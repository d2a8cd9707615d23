import {allocatedBytes, type StageMemory} from '../../cost/memory/memory.js';
import type {StageActivations} from '../../cost/memory/stage-memory.js';
import type {Layout, Recompute} from '../../layout/layout.js';
import {fullestStage} from '../../pipeline/layout-memory.js';
import {lessMemory} from '../findings.js';
import type {Misfit} from '../rejections.js';
import {layoutOf} from '../space/layout-space.js';
import type {ChosenStates, OrderedStates} from '../tables/mesh-states.js';
import type {MeshFindings} from './mesh-findings.js';
import type {Kept, SlicingVisit} from './visit.js';

/** The layout of all choices made. */
export function chosenLayout(
  visit: Pick<SlicingVisit, 'space' | 'layer' | 'microBatch' | 'slicing'>,
  recompute: Recompute,
  {order}: OrderedStates,
  {choice}: ChosenStates,
): Layout {
  const {space, layer, microBatch, slicing} = visit;
  return layoutOf({
    mesh: space.mesh,
    layer,
    microBatch,
    slicing,
    recompute,
    rankOrder: order.rankOrder,
    state: choice,
  });
}

/** What the fullest stage holds under one choice of states. */
export function fullestOf(
  {slicing, numMicrobatches}: Pick<SlicingVisit, 'slicing' | 'numMicrobatches'>,
  activations: readonly StageActivations[],
  {choice, states}: ChosenStates,
): StageMemory {
  return fullestStage({
    layout: {
      pipeline: slicing.pipeline,
      virtualStages: slicing.virtualStages,
      schedule: slicing.schedule,
      offload: choice.offload,
    },
    stages: slicing.stages,
    states,
    activations,
    numMicrobatches,
  });
}

/** Takes one layout in that does not fit. */
export function takeMisfit(
  visit: SlicingVisit,
  {recompute, order}: {readonly recompute: Recompute; readonly order: OrderedStates},
  chosen: ChosenStates,
  fullest: StageMemory,
  neededBytes: number,
): void {
  const {found, judge} = visit;
  const layout = () => chosenLayout(visit, recompute, order, chosen);
  found.tally.add({fullest, neededBytes, layout}, 1);
  if (judge.seeksLeast) seekLeast(found, neededBytes, layout);
}

function seekLeast(found: MeshFindings, neededBytes: number, layout: () => Layout): void {
  if (neededBytes > (found.least?.neededBytes ?? Infinity)) return;
  found.least = lessMemory(found.least, {layout: layout(), neededBytes});
}

/**
 * Counts layouts that cannot fit whatever the choice of states, and says why by the one that comes near
 * the least; where the layout of least memory is sought, each that may be it is looked at.
 *
 * @param count of those and of others that need more
 */
export function explainMisfit(visit: SlicingVisit, kept: Kept, count: number): void {
  const {found, judge, own, states} = visit;
  const {recompute, activations} = kept;
  const {order, chosen} = own.least;
  const fullest = fullestOf(visit, activations, chosen);
  const misfit: Misfit = {
    fullest,
    neededBytes: allocatedBytes(fullest) + states.outsideBytes(),
    layout: () => chosenLayout(visit, recompute, order, chosen),
  };
  found.excludedByMemory += count;
  found.tally.add(misfit, count);
  if (misfit.neededBytes < (visit.closest.misfit?.neededBytes ?? Infinity)) visit.closest.misfit = misfit;
  if (!judge.seeksLeast || kept.leastBytes > (found.least?.neededBytes ?? Infinity)) return;
  for (const candidates of own.orders) {
    for (const candidate of candidates.chosen) {
      const bytes = allocatedBytes(fullestOf(visit, activations, candidate)) + states.outsideBytes();
      seekLeast(found, bytes, () => chosenLayout(visit, recompute, candidates, candidate));
    }
  }
}
