import {allocatedBytes} from '../../cost/memory/memory.js';
import type {StageActivations} from '../../cost/memory/stage-activations.js';
import {type Layout, type Recompute, statedLayers} from '../../layout/layout.js';
import {boundarySeconds} from '../../pipeline/layout-groups.js';
import type {LayoutPasses} from '../../pipeline/passes.js';
import {activationsByClass, fixedActivationsByClass} from '../../pipeline/stages/stage-activations.js';
import {passParts} from '../../pipeline/step-parts.js';
import type {PipelineCandidate} from '../space/pipeline-candidates.js';
import {bytesBound, pipelineBound, stepBound} from './bounds.js';
import type {StepBound} from './collector.js';
import type {OomLayout} from './oom-layouts.js';
import {rankStates, type StateRanks} from './rank-states.js';
import type {DegreesWalk, MicroBatchWalk, PipelineWalk, RecomputeCandidate} from './walk.js';
import {closer, fullestOf, recordOomBound} from './walk-oom.js';
import {passBound, walkStates} from './walk-states.js';

/**
 * Visits all layouts of one way to cut and schedule the pipeline.
 *
 * @returns the layout that comes closest to fitting, where all are out of memory
 */
export function walkPipeline(micro: MicroBatchWalk, candidate: PipelineCandidate): OomLayout | null {
  const {degrees, entry, numMicrobatches, riskFactor} = micro;
  const {context, space, collector} = degrees;
  const {cluster} = context.tables;
  const {stepOverhead} = cluster.software;
  const {stages, recomputes} = candidate;
  const exclude = () => {
    collector.counts.excludedByBound += recomputes.length * space.numStates;
    return null;
  };
  const shortest = pipelineBound(entry.seconds(), candidate, numMicrobatches);
  if (collector.isPruned(stepBound(shortest, stepOverhead, 0), riskFactor)) return exclude();
  const plain = entry.chunks.passes(stages, 'none');
  const parts = passParts(cluster.software, {
    layout: candidate,
    passes: plain,
    numMicrobatches,
    boundarySeconds: 0,
  });
  const least = stepBound(passBound(parts), stepOverhead, 0);
  if (collector.isPruned(least, riskFactor)) return exclude();
  const states = degrees.states.of(candidate);
  const walk: PipelineWalk = {
    micro,
    candidate,
    fixed: fixedActivationsByClass(entry.costs, stages, candidate.pipeline),
    states,
    ranks: ranksOf(degrees, states, candidate, numMicrobatches),
  };
  return walkRecomputes(walk, plain, least);
}

function ranksOf(
  {context, ranks}: DegreesWalk,
  states: PipelineWalk['states'],
  candidate: PipelineCandidate,
  numMicrobatches: number,
): StateRanks {
  const known = ranks.get(candidate) ?? new Map<number, StateRanks>();
  ranks.set(candidate, known);
  const ranked = known.get(numMicrobatches) ?? rankStates(context.tables, states, candidate, numMicrobatches);
  known.set(numMicrobatches, ranked);
  return ranked;
}

/** @param least bound of a step without recomputation */
function walkRecomputes(walk: PipelineWalk, plain: LayoutPasses, least: StepBound): OomLayout | null {
  const {micro, candidate} = walk;
  const {context, space, collector} = micro.degrees;
  const {seconds, computeSeconds} = least;
  const isPruned = (neededBytes: number) =>
    collector.isPruned({seconds, computeSeconds, neededBytes}, micro.riskFactor);
  const whole = candidate.recomputes.filter(recompute => statedLayers(recompute) === null);
  const partial = candidate.recomputes.filter(recompute => statedLayers(recompute) !== null);
  const held = [...whole, ...partial.slice(-1)].map(recompute => recomputeCandidate(walk, recompute));
  const leastBytes = Math.min(...held.map(choice => choice.leastBytes));
  if (leastBytes <= context.usableBytes && isPruned(leastBytes)) {
    collector.counts.excludedByBound += candidate.recomputes.length * space.numStates;
    return null;
  }
  let allOom = true;
  let closest: OomLayout | null = null;
  for (const choice of held.slice(0, whole.length)) {
    if (choice.leastBytes > context.usableBytes) {
      closest = closer(closest, recordOomBound(walk, choice, space.numStates));
    } else {
      allOom = false;
      if (isPruned(choice.leastBytes)) collector.counts.excludedByBound += space.numStates;
      else walkRecompute(walk, choice, choice.recompute === 'none' ? plain : null);
    }
  }
  const last = held[whole.length];
  if (last === undefined) return allOom ? closest : null;
  const oom = walkPartial(walk, partial, last, isPruned);
  return allOom && oom !== null ? closer(closest, oom) : null;
}

/**
 * With each further layer that is recomputed a stage needs less memory and takes longer: choices with too
 * few layers to fit are excluded at once, and so are those after the first that takes too long.
 *
 * @param last the choice with most layers
 * @returns the layout that comes closest to fitting, where all are out of memory
 */
function walkPartial(
  walk: PipelineWalk,
  partial: readonly Recompute[],
  last: RecomputeCandidate,
  isPruned: (neededBytes: number) => boolean,
): OomLayout | null {
  const {space, collector} = walk.micro.degrees;
  const first = firstThatFits(walk, partial);
  let closest: OomLayout | null = null;
  if (first > 0) {
    const largest = recomputeCandidate(walk, partial[first - 1] as Recompute);
    closest = recordOomBound(walk, largest, first * space.numStates);
  }
  for (let index = first; index < partial.length; index += 1) {
    const choice = recomputeCandidate(walk, partial[index] as Recompute);
    if (isPruned(choice.leastBytes)) {
      collector.counts.excludedByBound += space.numStates;
      continue;
    }
    const {seconds, computeSeconds} = walkRecompute(walk, choice, null);
    const further = {seconds, computeSeconds, neededBytes: last.leastBytes};
    if (collector.isPruned(further, walk.micro.riskFactor)) {
      collector.counts.excludedByBound += (partial.length - index - 1) * space.numStates;
      break;
    }
  }
  return first < partial.length ? null : closest;
}

function firstThatFits(walk: PipelineWalk, partial: readonly Recompute[]): number {
  const {usableBytes} = walk.micro.degrees.context;
  let low = 0;
  let high = partial.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (recomputeCandidate(walk, partial[middle] as Recompute).leastBytes > usableBytes) low = middle + 1;
    else high = middle;
  }
  return low;
}

function recomputeCandidate(walk: PipelineWalk, recompute: Recompute): RecomputeCandidate {
  const {micro, candidate, fixed} = walk;
  const activations = activationsByClass(micro.entry.costs, candidate.stages, recompute, fixed);
  return {recompute, activations, leastBytes: leastBytes(walk, activations)};
}

function leastBytes(walk: PipelineWalk, activations: readonly StageActivations[]): number {
  const {micro, states} = walk;
  const under = (offload: Layout['offload']) =>
    allocatedBytes(fullestOf(walk, activations, {offload}, states.leastStates));
  const onDevice = under('none');
  const least = states.offloadsActivations ? Math.min(onDevice, under('activations')) : onDevice;
  return bytesBound(least + micro.degrees.states.outsideAllocatorBytes());
}

/** @returns bound of all layouts of one choice of recomputation */
function walkRecompute(
  walk: PipelineWalk,
  choice: RecomputeCandidate,
  known: LayoutPasses | null,
): StepBound {
  const {micro, candidate, states, ranks} = walk;
  const {context, collector} = micro.degrees;
  const {cluster} = context.tables;
  const {costs, chunks} = micro.entry;
  const passes = known ?? chunks.passes(candidate.stages, choice.recompute);
  let leastOfAll: StepBound | null = null;
  states.orders.forEach((order, index) => {
    const parts = passParts(cluster.software, {
      layout: candidate,
      passes,
      numMicrobatches: micro.numMicrobatches,
      boundarySeconds: boundarySeconds(costs.rank, order.pipeline, cluster.software),
    });
    const ranked = ranks(index);
    const least = stepBound(passBound(parts), ranked[0]?.leastSeconds ?? 0, choice.leastBytes);
    if (leastOfAll === null || least.seconds < leastOfAll.seconds) leastOfAll = least;
    if (collector.isPruned(least, micro.riskFactor)) {
      collector.counts.excludedByBound += order.chosen.length;
    } else walkStates(walk, {choice, passes, order, ranked, parts});
  });
  if (leastOfAll === null) throw new Error('a space has an order of ranks');
  return leastOfAll;
}
