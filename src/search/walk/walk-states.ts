import {allocatedBytes} from '../../cost/memory/memory.js';
import {passSeconds, stepSeconds} from '../../cost/step.js';
import type {LayoutPasses} from '../../pipeline/passes.js';
import {microbatchesInTurn} from '../../pipeline/schedules/microbatch-groups.js';
import {type PassParts, stepParts} from '../../pipeline/step-parts.js';
import type {PassBound} from '../../pipeline/tables/layer-seconds.js';
import {stepBound} from './bounds.js';
import type {RankedStates} from './rank-states.js';
import type {OrderedStates} from './state-tables.js';
import type {PipelineWalk, RecomputeCandidate} from './walk.js';
import {chosenLayout, fullestOf, recordOom} from './walk-oom.js';

/** Every choice but that of states. */
export interface ChosenPasses {
  readonly choice: RecomputeCandidate;
  readonly passes: LayoutPasses;
  readonly order: OrderedStates;
  /** Those that add least first. */
  readonly ranked: readonly RankedStates[];
  readonly parts: PassParts;
}

/** Visits every choice of states by itself: what fits is timed, until all that are left add too much. */
export function walkStates(walk: PipelineWalk, {choice, passes, order, ranked, parts}: ChosenPasses): void {
  const {micro, candidate} = walk;
  const {riskFactor, numMicrobatches} = micro;
  const {context, collector, states} = micro.degrees;
  const {counts} = collector;
  const {cluster} = context.tables;
  const {activations} = choice;
  const {tiedSeconds} = order;
  const outsideAllocatorBytes = states.outsideAllocatorBytes();
  const passed = passBound(parts);
  const inTurn = microbatchesInTurn(candidate, numMicrobatches);
  for (let index = 0; index < ranked.length; index += 1) {
    const {chosen, leastSeconds} = ranked[index] as RankedStates;
    const bound = stepBound(passed, leastSeconds, choice.leastBytes);
    if (collector.isPruned(bound, riskFactor)) {
      counts.excludedByBound += ranked.length - index;
      return;
    }
    const fullest = fullestOf(walk, activations, chosen.choice, chosen.states);
    const peakBytes = allocatedBytes(fullest);
    const neededBytes = peakBytes + outsideAllocatorBytes;
    const layout = () => chosenLayout(walk, choice.recompute, order, chosen);
    if (neededBytes > context.usableBytes) {
      recordOom(micro.degrees, {fullest, neededBytes, layout}, 1);
      continue;
    }
    counts.evaluated += 1;
    const {seconds, computeSeconds: compute} = bound;
    if (collector.isPruned({seconds, computeSeconds: compute, neededBytes}, riskFactor)) continue;
    const stepContext = {
      cluster,
      layout: chosen.choice,
      passes,
      updates: chosen.updates(),
      activations,
      numMicrobatches,
      microbatchesInTurn: inTurn,
      tiedSeconds,
    };
    const step = stepParts(stepContext, parts);
    collector.record({seconds: stepSeconds(step), parts: step, peakBytes, neededBytes}, riskFactor, layout);
  }
}

/** What the passes of a step take. */
export function passBound(parts: PassParts): PassBound {
  return {seconds: passSeconds(parts), computeSeconds: parts.forward + parts.backward + parts.recompute};
}
