import type {Goal} from '../../plan/plan.js';
import {compareRanked, type RankedLayout} from '../compare-layouts.js';
import type {EvaluatedPlan, GoalFigures} from './evaluated-plan.js';

/** Limits of a goal that a run exceeds, and by what share: 0.1 is a tenth. */
export interface Overruns {
  readonly deadline: number;
  /** Infinity where there is a budget and no price to hold against it. */
  readonly budget: number;
}

export function overruns({deadline, budget}: Goal, {seconds, costUsd}: GoalFigures): Overruns {
  return {
    deadline: deadline === null ? 0 : Math.max(0, seconds / deadline - 1),
    budget: budget === null ? 0 : costUsd === null ? Infinity : Math.max(0, costUsd / budget - 1),
  };
}

export function meetsLimits(goal: Goal, figures: GoalFigures): boolean {
  const {deadline, budget} = overruns(goal, figures);
  return deadline === 0 && budget === 0;
}

/** What the goal minimizes. */
export function goalFigure({minimize}: Goal, figures: GoalFigures): number {
  switch (minimize) {
    case 'time':
      return figures.seconds;
    case 'cost':
      return figures.costUsd ?? Infinity;
    case 'energy':
      return figures.energyJoules;
    case 'memory':
      return figures.memoryShare;
    case 'loss':
      return figures.loss;
  }
}

/**
 * What meets the limits first, of the others what comes nearest to them; then by what the goal minimizes,
 * then by time and cost. Of equal ones the order of layouts decides, so that the answer is one.
 */
export function compareByGoal(a: EvaluatedPlan, b: EvaluatedPlan): number {
  const {goal} = a.variant.plan;
  return (
    compare(worstOverrun(goal, a), worstOverrun(goal, b)) ||
    compare(goalFigure(goal, a.figures), goalFigure(goal, b.figures)) ||
    compare(a.figures.seconds, b.figures.seconds) ||
    compare(a.figures.deviceSeconds, b.figures.deviceSeconds) ||
    compareRanked(timed(a), timed(b))
  );
}

function worstOverrun(goal: Goal, {figures}: EvaluatedPlan): number {
  const {deadline, budget} = overruns(goal, figures);
  return Math.max(deadline, budget);
}

/** Compares infinities too, which have no difference. */
function compare(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}

function timed({candidate: {layout, estimate}}: EvaluatedPlan): RankedLayout {
  return {layout, seconds: estimate.seconds, peakBytes: estimate.memory.peakBytes};
}
