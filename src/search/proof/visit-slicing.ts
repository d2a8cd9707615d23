import {allocatedBytes} from '../../cost/memory/memory.js';
import type {StageActivations} from '../../cost/memory/stage-memory.js';
import {passSeconds} from '../../cost/step.js';
import type {Layout, Recompute} from '../../layout/layout.js';
import {activationsOfStages, fixedOfStages} from '../../pipeline/chunk-work.js';
import {boundarySeconds} from '../../pipeline/layout-groups.js';
import {fullestStage} from '../../pipeline/layout-memory.js';
import type {LayoutPasses} from '../../pipeline/passes.js';
import {passParts} from '../../pipeline/step-parts.js';
import type {Slicing} from '../space/slicing.js';
import {leastOfSlicing} from './least-of-slicing.js';
import {exceeds, levelOf} from './limits.js';
import {explainMisfit} from './misfits.js';
import {rankStates, type StateRanks} from './rank-states.js';
import {
  belowRounding,
  type Kept,
  type LayerVisit,
  type MeshVisit,
  type SlicingVisit,
  type StageVisit,
} from './visit.js';
import {visitStates} from './visit-states.js';

/**
 * Looks at all layouts that cut the layers into these stages.
 *
 * @returns whether memory rules all of them out
 */
export function visitSlicing(mesh: MeshVisit, layer: LayerVisit, slicing: Slicing): boolean {
  const {judge, space, states, limits, found} = mesh;
  const {entry, numMicrobatches} = layer;
  const {device, model, cluster} = judge.tables;
  const {stages, recomputes} = slicing;
  const exclude = () => {
    found.excludedByBound += recomputes.length * space.numStates;
    return false;
  };
  const isSlow = (seconds: number) => !judge.timesAll && exceeds(limits, seconds * layer.factor, 0);
  const {stepOverhead} = cluster.software;
  const least = leastOfSlicing(entry.seconds, slicing, numMicrobatches);
  if (isSlow((least + stepOverhead) * belowRounding)) return exclude();
  const plain = entry.chunks.passes(stages, 'none');
  const silent = {layout: slicing, passes: plain, numMicrobatches, boundarySeconds: 0};
  const leastSeconds = (passSeconds(passParts(cluster.software, silent)) + stepOverhead) * belowRounding;
  if (isSlow(leastSeconds)) return exclude();
  const own = states.of(slicing);
  const ranked = ranksOf(mesh, own, slicing, numMicrobatches);
  const fixed = fixedOfStages(device, model, slicing, entry.pieces, stages);
  // Written out: spread records take several times as long as all else here.
  const visit: SlicingVisit = {
    judge,
    space,
    states,
    ranks: mesh.ranks,
    limits,
    found,
    layer: layer.layer,
    microBatch: layer.microBatch,
    entry,
    numMicrobatches,
    factor: layer.factor,
    closest: layer.closest,
    slicing,
    leastSeconds,
    fixed,
    own,
    ranked,
  };
  return visitRecomputes(visit, plain);
}

function ranksOf(
  {judge, ranks}: MeshVisit,
  own: SlicingVisit['own'],
  slicing: Slicing,
  numMicrobatches: number,
): StateRanks {
  const known = ranks.get(slicing) ?? new Map<number, StateRanks>();
  ranks.set(slicing, known);
  const ranked = known.get(numMicrobatches) ?? rankStates(judge.tables, own, slicing, numMicrobatches);
  known.set(numMicrobatches, ranked);
  return ranked;
}

function visitRecomputes(visit: SlicingVisit, plain: LayoutPasses): boolean {
  const {judge, space, found, slicing} = visit;
  const whole = slicing.recomputes.filter(recompute => typeof recompute !== 'object');
  const partial = slicing.recomputes.filter(recompute => typeof recompute === 'object');
  const kept = [...whole, ...partial.slice(-1)].map(recompute => keepFor(visit, recompute));
  const least = Math.min(...kept.map(({leastBytes}) => leastBytes));
  if (least <= judge.usableBytes && isSlow(visit, least)) {
    found.excludedByBound += slicing.recomputes.length * space.numStates;
    return false;
  }
  let isMisfit = true;
  for (const of of kept.slice(0, whole.length)) {
    if (!judge.timesAll && isTooLarge(visit, of)) explainMisfit(visit, of, space.numStates);
    else {
      isMisfit = false;
      if (isSlow(visit, of.leastBytes)) found.excludedByBound += space.numStates;
      else visitKept(visit, of, of.recompute === 'none' ? plain : null);
    }
  }
  const last = kept[whole.length];
  return last === undefined ? isMisfit : !visitPartial(visit, partial, last) && isMisfit;
}

/** Whether nothing that needs so many bytes can be answered. */
function isSlow({judge, limits, leastSeconds, factor}: SlicingVisit, bytes: number): boolean {
  return !judge.timesAll && exceeds(limits, leastSeconds * factor, levelOf(bytes, judge.usableBytes));
}

/**
 * With each further layer that is recomputed a stage needs less memory and takes longer: those that are
 * too few to fit are ruled out at once, and so are those behind the first that takes too long.
 *
 * @param last with most layers
 * @returns whether some may fit
 */
function visitPartial(visit: SlicingVisit, partial: readonly Recompute[], last: Kept): boolean {
  const {judge, space, found, limits} = visit;
  const first = judge.timesAll ? 0 : firstThatFits(visit, partial);
  if (first > 0) {
    explainMisfit(visit, keepFor(visit, partial[first - 1] as Recompute), first * space.numStates);
  }
  const lowest = levelOf(last.leastBytes, judge.usableBytes);
  for (let index = first; index < partial.length; index += 1) {
    const kept = keepFor(visit, partial[index] as Recompute);
    if (isSlow(visit, kept.leastBytes)) {
      found.excludedByBound += space.numStates;
      continue;
    }
    const seconds = visitKept(visit, kept, null);
    if (!judge.timesAll && exceeds(limits, seconds, lowest)) {
      found.excludedByBound += (partial.length - index - 1) * space.numStates;
      break;
    }
  }
  return first < partial.length;
}

function firstThatFits(visit: SlicingVisit, partial: readonly Recompute[]): number {
  let low = 0;
  let high = partial.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isTooLarge(visit, keepFor(visit, partial[middle] as Recompute))) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What stages keep under one choice of recomputation. */
export function keepFor(visit: StageVisit, recompute: Recompute): Kept {
  const {judge, slicing, fixed, entry} = visit;
  const {device, model} = judge.tables;
  const {pieces} = entry;
  const activations = activationsOfStages(device, model, recompute, pieces, slicing.stages, {
    activations: fixed,
  });
  return {recompute, activations, leastBytes: leastBytes(visit, activations)};
}

function leastBytes(visit: StageVisit, activations: readonly StageActivations[]): number {
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
  const least = own.offloadsActivations ? Math.min(kept, under('activations')) : kept;
  return (least + visit.states.outsideBytes()) * belowRounding;
}

function isTooLarge({judge}: SlicingVisit, kept: Kept): boolean {
  return kept.leastBytes > judge.usableBytes;
}

/** @returns what they take at least, as they are ranked, seconds */
function visitKept(visit: SlicingVisit, kept: Kept, known: LayoutPasses | null): number {
  const {judge, limits, found, own, slicing, factor, ranked} = visit;
  const {device, model, cluster} = judge.tables;
  const {pieces, chunks} = visit.entry;
  const level = levelOf(kept.leastBytes, judge.usableBytes);
  const passes = known ?? chunks.passes(slicing.stages, kept.recompute);
  let leastOfAll = Infinity;
  own.orders.forEach((order, index) => {
    const parts = passParts(cluster.software, {
      layout: slicing,
      passes,
      numMicrobatches: visit.numMicrobatches,
      boundarySeconds: boundarySeconds(device, model, order.pipeline, pieces, cluster.software),
    });
    const states = ranked(index);
    const least = (passSeconds(parts) + (states[0]?.leastSeconds ?? 0)) * belowRounding * factor;
    leastOfAll = Math.min(leastOfAll, least);
    if (!judge.timesAll && exceeds(limits, least, level)) found.excludedByBound += order.chosen.length;
    else visitStates(visit, {kept, passes, order, states, parts, level});
  });
  return leastOfAll;
}
