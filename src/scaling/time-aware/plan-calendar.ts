import {countParameters} from '../../model/parameters.js';
import type {StepEstimate} from '../../pipeline/estimate.js';
import type {Plan} from '../../plan/plan.js';
import {estimateRun} from '../../run/run.js';
import type {Band} from '../../units/band.js';
import {planLoss} from '../loss/plan-loss.js';

/** A training run that ends after `seconds`, its learning rate annealed to that end. */
export interface CalendarPoint {
  /** Expected wall-clock with failures and pauses. */
  readonly seconds: number;
  readonly tokens: number;
  readonly loss: number;
  /** Null where the law states no errors. */
  readonly band: Band | null;
}

/** Something that happens at a moment of a run. */
export interface Milestone {
  readonly seconds: number;
  readonly tokens: number;
  readonly what: string;
}

export interface PlanCalendar {
  readonly points: readonly CalendarPoint[];
  /** In the order in which they come. */
  readonly milestones: readonly Milestone[];
}

/** Hoffmann et al. 2022, Table 3: about this number of tokens a parameter is compute-optimal. */
const optimalTokensPerParameter = 20;

/**
 * Loss of one layout of a plan against the calendar: what a training run that ends at each of `count` moments
 * up to its last token would reach.
 */
export function planCalendar(plan: Plan, estimate: StepEstimate, count = 24): PlanCalendar {
  const {tokens} = plan.training;
  const at = (seen: number): CalendarPoint => {
    const {value, band} = planLoss(plan, seen);
    return {seconds: secondsUntil(plan, estimate, seen), tokens: seen, loss: value, band};
  };
  const points = Array.from({length: count}, (_, i) => at((tokens * (i + 1)) / count));
  const milestones = milestonesOf(plan)
    .filter(({tokens: seen}) => seen < tokens)
    .map(milestone => ({...milestone, seconds: secondsUntil(plan, estimate, milestone.tokens)}));
  return {points, milestones: [...milestones].sort((a, b) => a.tokens - b.tokens)};
}

function secondsUntil(plan: Plan, estimate: StepEstimate, tokens: number): number {
  return estimateRun({...plan, training: {...plan.training, tokens}}, estimate, {runs: 0}).expectedSeconds;
}

function milestonesOf({model, training}: Plan): Omit<Milestone, 'seconds'>[] {
  const {batchRamp = [], uniqueTokens} = training;
  const {active} = countParameters(model);
  return [
    ...batchRamp.map(({until}, i) => {
      const next = batchRamp[i + 1]?.globalBatch ?? training.globalBatch;
      return {tokens: until, what: `batch grows to ${next} sequences`};
    }),
    {tokens: optimalTokensPerParameter * active, what: 'compute-optimal for its size'},
    ...(uniqueTokens === undefined ? [] : [{tokens: uniqueTokens, what: 'every token seen once'}]),
  ];
}
