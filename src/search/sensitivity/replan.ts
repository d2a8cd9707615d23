import type {Plan} from '../../plan/plan.js';
import type {Risk} from '../../units/band.js';
import {pinProblems} from '../pin-problems.js';
import type {EvaluatedPlan} from '../variants/evaluated-plan.js';
import {answerVariants} from '../variants/search-variants.js';

/** Measure of sensitivities. */
export type Measure = 'time' | 'cost' | 'energy';

/** What the goal minimizes where that is one of the run; time for headroom and loss, and where nothing has a price. */
export function measureOf({goal, cluster, operation}: Plan): Measure {
  const isPriced = (operation.spot?.price ?? cluster.accelerator.price) !== null;
  if (goal.minimize === 'energy') return 'energy';
  return goal.minimize === 'cost' && isPriced ? 'cost' : 'time';
}

/** The best of a changed plan; null where it cannot be divided or does not fit. */
export function replan(plan: Plan, risk: Risk, like: EvaluatedPlan | null): EvaluatedPlan | null {
  if (pinProblems(plan).length > 0) return null;
  const seed = like === null ? {} : {seed: like.candidate.layout};
  const goal = {...plan.goal, minimize: measureOf(plan)};
  const space = {variants: [{choices: {}, plan: {...plan, goal}}], infeasible: []};
  return answerVariants(space, {alternatives: 0, risk, ...seed}).best;
}

/** Relative gain of `after` over `before`: 0.2 is 20 % faster, or as much cheaper. */
export function fasterShare(before: EvaluatedPlan, after: EvaluatedPlan, measure: Measure): number {
  return amount(before, measure) / amount(after, measure) - 1;
}

function amount({figures}: EvaluatedPlan, measure: Measure): number {
  switch (measure) {
    case 'time':
      return figures.seconds;
    case 'cost':
      return figures.costUsd ?? Infinity;
    case 'energy':
      return figures.energyJoules;
  }
}
