import {allocatedBytes, type StageMemory} from '../../cost/memory/memory.js';
import type {StageActivations} from '../../cost/memory/stage-memory.js';
import {passSeconds, stepSeconds} from '../../cost/step.js';
import type {Layout, Recompute} from '../../layout/layout.js';
import {activationsOfStages, type ChunkWork, chunkWork} from '../../pipeline/chunk-work.js';
import {boundarySeconds} from '../../pipeline/layout-groups.js';
import {fullestStage} from '../../pipeline/layout-memory.js';
import {type LayoutPasses, layoutPasses} from '../../pipeline/passes.js';
import type {PassParts} from '../../pipeline/step-parts.js';
import {passParts, stepParts} from '../../pipeline/step-parts.js';
import {lessMemory} from '../findings.js';
import {layoutOf} from '../space/layout-space.js';
import type {Slicing} from '../space/slicing.js';
import type {ChosenStates, OrderedStates, SlicingStates} from '../tables/mesh-states.js';
import {exceeds, levelOf, lowerLimits} from './limits.js';
import {takeTimed} from './mesh-findings.js';
import {belowRounding, type LayerVisit, type MeshVisit} from './visit.js';

/** One slicing of a mesh's layers, as it is visited. */
interface SlicingVisit extends MeshVisit, LayerVisit {
  readonly slicing: Slicing;
  readonly work: ChunkWork;
  readonly own: SlicingStates;
}

/** Looks at all layouts that cut the layers into these stages. */
export function visitSlicing(mesh: MeshVisit, layer: LayerVisit, slicing: Slicing): void {
  const {judge, space, states, limits, found} = mesh;
  const {device, model, cluster} = judge.tables;
  const {stages, recomputes} = slicing;
  const {numMicrobatches} = layer;
  const {pieces} = layer.entry;
  const work = chunkWork(device, model, slicing, pieces, stages);
  const plain = layoutPasses(cluster, work.costs, stages, 'none');
  const silent = {layout: slicing, passes: plain, numMicrobatches, boundarySeconds: 0};
  const bound = secondsOf(mesh, passParts(cluster.software, silent)) * belowRounding * layer.factor;
  if (!judge.timesAll && exceeds(limits, bound, 0)) {
    found.excludedByBound += recomputes.length * space.numStates;
    return;
  }
  const visit: SlicingVisit = {
    ...mesh,
    ...layer,
    slicing,
    work,
    own: states.of(slicing),
  };
  for (const recompute of recomputes) visitRecompute(visit, recompute, recompute === 'none' ? plain : null);
}

/** Below the step of all choices of states, seconds. */
function secondsOf({judge}: MeshVisit, parts: PassParts): number {
  return passSeconds(parts) + judge.tables.cluster.software.stepOverhead;
}

function visitRecompute(visit: SlicingVisit, recompute: Recompute, known: LayoutPasses | null): void {
  const {judge, space, limits, found, own, slicing, work, factor} = visit;
  const {device, model, cluster} = judge.tables;
  const {pieces} = visit.entry;
  const activations = activationsOfStages(device, model, recompute, pieces, slicing.stages, work);
  const neededBytes = leastBytes(visit, activations) + visit.states.outsideBytes;
  if (!judge.timesAll && neededBytes * belowRounding > judge.usableBytes) {
    found.excludedByMemory += space.numStates;
    explainMisfit(visit, recompute, activations, neededBytes);
    return;
  }
  const level = levelOf(neededBytes * belowRounding, judge.usableBytes);
  const passes = known ?? layoutPasses(cluster, work.costs, slicing.stages, recompute);
  for (const order of own.orders) {
    const parts = passParts(cluster.software, {
      layout: slicing,
      passes,
      numMicrobatches: visit.numMicrobatches,
      boundarySeconds: boundarySeconds(device, model, order.pipeline, pieces, cluster.software),
    });
    if (!judge.timesAll && exceeds(limits, secondsOf(visit, parts) * factor, level)) {
      found.excludedByBound += order.chosen.length;
      continue;
    }
    visitStates(visit, {recompute, activations, passes, order, parts});
  }
}

/** Below what the fullest stage holds under any choice of states. */
function leastBytes(visit: SlicingVisit, activations: readonly StageActivations[]): number {
  const {own, slicing, numMicrobatches} = visit;
  const under = (offload: Layout['offload']) =>
    allocatedBytes(
      fullestStage({
        layout: {
          pipeline: slicing.pipeline,
          virtualStages: slicing.virtualStages,
          schedule: slicing.schedule,
          offload,
        },
        stages: slicing.stages,
        states: own.leastStates,
        activations,
        numMicrobatches,
      }),
    );
  const kept = under('none');
  return own.offloadsActivations ? Math.min(kept, under('activations')) : kept;
}

/** All choices but those of states. */
interface PassesVisit {
  readonly recompute: Recompute;
  readonly activations: readonly StageActivations[];
  readonly passes: LayoutPasses;
  readonly order: OrderedStates;
  readonly parts: PassParts;
}

/** Every choice of states by itself: what fits is timed. */
function visitStates(visit: SlicingVisit, chosenPasses: PassesVisit): void {
  const {judge, limits, found, numMicrobatches, factor} = visit;
  const {activations, passes, order, parts} = chosenPasses;
  const {cluster} = judge.tables;
  const {outsideBytes} = visit.states;
  for (const chosen of order.chosen) {
    const fullest = fullestOf(visit, activations, chosen);
    const peakBytes = allocatedBytes(fullest);
    const fits = peakBytes <= judge.usableBytes - outsideBytes;
    if (!fits) {
      found.excludedByMemory += 1;
      takeMisfit(visit, chosenPasses, chosen, fullest, peakBytes + outsideBytes);
      if (!judge.timesAll) continue;
    } else found.evaluated += 1;
    const seconds =
      factor *
      stepSeconds(
        stepParts(
          {
            cluster,
            layout: chosen.choice,
            passes,
            updates: chosen.updates(),
            activations,
            numMicrobatches,
            tiedSeconds: order.tiedSeconds,
          },
          parts,
        ),
      );
    const level = levelOf(peakBytes + outsideBytes, judge.usableBytes);
    if (!fits || exceeds(limits, seconds, level)) continue;
    lowerLimits(limits, seconds, level);
    const {recompute} = chosenPasses;
    const timed = {layout: chosenLayout(visit, recompute, order, chosen), seconds, peakBytes};
    takeTimed(found, timed, level, limits.front !== null);
  }
}

function chosenLayout(
  visit: SlicingVisit,
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

function takeMisfit(
  visit: SlicingVisit,
  {recompute, order}: Pick<PassesVisit, 'recompute' | 'order'>,
  chosen: ChosenStates,
  fullest: StageMemory,
  neededBytes: number,
): void {
  const {found, judge} = visit;
  const layout = () => chosenLayout(visit, recompute, order, chosen);
  found.tally.add(fullest, neededBytes, 1, layout);
  if (judge.seeksLeast && neededBytes <= (found.least?.neededBytes ?? Infinity)) {
    found.least = lessMemory(found.least, {layout: layout(), neededBytes});
  }
}

/**
 * Says why none of the choices of states fits, by the one that comes near the least; where the layout of
 * least memory is sought, each of those that may be it is looked at.
 */
function explainMisfit(
  visit: SlicingVisit,
  recompute: Recompute,
  activations: readonly StageActivations[],
  neededBytes: number,
): void {
  const {found, judge, own, space, states} = visit;
  const {order, chosen} = own.least;
  const fullest = fullestOf(visit, activations, chosen);
  const layout = () => chosenLayout(visit, recompute, order, chosen);
  found.tally.add(fullest, allocatedBytes(fullest) + states.outsideBytes, space.numStates, layout);
  if (!judge.seeksLeast || neededBytes * belowRounding > (found.least?.neededBytes ?? Infinity)) return;
  for (const candidates of own.orders) {
    for (const candidate of candidates.chosen) {
      const bytes = allocatedBytes(fullestOf(visit, activations, candidate)) + states.outsideBytes;
      if (bytes > (found.least?.neededBytes ?? Infinity)) continue;
      found.least = lessMemory(found.least, {
        layout: chosenLayout(visit, recompute, candidates, candidate),
        neededBytes: bytes,
      });
    }
  }
}

function fullestOf(
  {slicing, numMicrobatches}: SlicingVisit,
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
