import type {StageActivations} from '../../cost/memory/stage-activations.js';
import {noParts, stepSeconds} from '../../cost/step.js';
import {microbatchesInTurn} from '../../pipeline/schedules/microbatch-groups.js';
import {stepParts} from '../../pipeline/step-parts.js';
import type {StepTables} from '../../pipeline/tables/step-tables.js';
import type {PipelineCandidate} from '../space/pipeline-candidates.js';
import type {ChosenStates, OrderedStates, PipelineStates} from './state-tables.js';

/** A choice of states with what it adds to a step at least. */
export interface RankedStates {
  readonly chosen: ChosenStates;
  /** Besides the passes: all communication hides behind as much compute as it can use. */
  readonly leastSeconds: number;
}

/** By the place of an order of ranks. */
export type StateRanks = (order: number) => readonly RankedStates[];

/** Choices of states under each order of ranks, by its place, those that may add least first; ranked when first asked for. */
export function rankStates(
  {cluster}: StepTables,
  {orders}: PipelineStates,
  candidate: PipelineCandidate,
  numMicrobatches: number,
): StateRanks {
  const ranked: (readonly RankedStates[] | undefined)[] = [];
  const {classes, firstStages} = candidate.stages;
  const inTurn = microbatchesInTurn(candidate, numMicrobatches);
  const passes = {room: {...endless, firstStages, isPipelined: candidate.pipeline > 1}};
  const activations = classes.map(() => keptNothing);
  const rank = ({chosen: all, tiedSeconds}: OrderedStates): readonly RankedStates[] =>
    all
      .map(chosen => {
        const updates = chosen.updates();
        const layout = chosen.choice;
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
        return {chosen, leastSeconds: stepSeconds(stepParts(context, noParts))};
      })
      .sort((a, b) => a.leastSeconds - b.leastSeconds);
  return index => {
    const known = ranked[index] ?? rank(orders[index] as OrderedStates);
    ranked[index] = known;
    return known;
  };
}

const keptNothing: StageActivations = {
  layersPerPass: 0,
  largestLayer: 0,
  embeddingPerPass: 0,
  head: 0,
  logits: 0,
  working: 0,
  messages: 0,
  gathered: 0,
};

/** Passes that leave room for everything. */
const endless = {
  forwardSeconds: Infinity,
  backwardSeconds: Infinity,
  onceForwardSeconds: Infinity,
  onceBackwardSeconds: Infinity,
  fillSeconds: Infinity,
  drainSeconds: Infinity,
};
