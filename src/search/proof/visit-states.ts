import {allocatedBytes} from '../../cost/memory/memory.js';
import {passSeconds, stepSeconds} from '../../cost/step.js';
import type {LayoutPasses} from '../../pipeline/passes.js';
import {microbatchesInTurn} from '../../pipeline/schedules/microbatch-groups.js';
import {type PassParts, stepParts} from '../../pipeline/step-parts.js';
import type {OrderedStates} from '../tables/mesh-states.js';
import {exceeds, levelOf, lowerLimits} from './limits.js';
import {takeTimed} from './mesh-findings.js';
import {chosenLayout, fullestOf, takeMisfit} from './misfits.js';
import type {RankedStates} from './rank-states.js';
import {belowRounding, type Kept, type SlicingVisit} from './visit.js';

/** All choices but those of states. */
export interface PassesVisit {
  readonly kept: Kept;
  readonly passes: LayoutPasses;
  readonly order: OrderedStates;
  readonly states: readonly RankedStates[];
  readonly parts: PassParts;
  /** Of the least memory that any choice of states needs. */
  readonly level: number;
}

/** Every choice of states by itself: what fits is timed, until all that are left add too much. */
export function visitStates(visit: SlicingVisit, chosenPasses: PassesVisit): void {
  const {judge, limits, found, numMicrobatches, factor} = visit;
  const {kept, passes, order, states, parts, level: leastLevel} = chosenPasses;
  const {activations, recompute} = kept;
  const {cluster} = judge.tables;
  const {tiedSeconds} = order;
  const outsideBytes = visit.states.outsideBytes();
  const passed = passSeconds(parts);
  const inTurn = microbatchesInTurn(visit.slicing, numMicrobatches);
  for (let index = 0; index < states.length; index += 1) {
    const {chosen, leastSeconds} = states[index] as RankedStates;
    const bound = (passed + leastSeconds) * belowRounding * factor;
    if (!judge.timesAll && exceeds(limits, bound, leastLevel)) {
      found.excludedByBound += states.length - index;
      return;
    }
    const fullest = fullestOf(visit, activations, chosen);
    const peakBytes = allocatedBytes(fullest);
    const fits = peakBytes <= judge.usableBytes - outsideBytes;
    if (fits) found.evaluated += 1;
    else {
      found.excludedByMemory += 1;
      takeMisfit(visit, {recompute, order}, chosen, fullest, peakBytes + outsideBytes);
      if (!judge.timesAll) continue;
    }
    const layout = chosen.choice;
    const updates = chosen.updates();
    const context = {
      cluster,
      layout,
      passes,
      updates,
      activations,
      numMicrobatches,
      microbatchesInTurn: inTurn,
      tiedSeconds,
    };
    const seconds = factor * stepSeconds(stepParts(context, parts));
    const level = levelOf(peakBytes + outsideBytes, judge.usableBytes);
    if (!fits || exceeds(limits, seconds, level)) continue;
    lowerLimits(limits, seconds, level);
    const timed = {layout: chosenLayout(visit, recompute, order, chosen), seconds, peakBytes};
    takeTimed(found, timed, level, limits.front !== null);
  }
}
