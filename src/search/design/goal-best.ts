import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import {estimateStep} from '../../pipeline/estimate.js';
import type {Risk} from '../../units/band.js';
import {compareTimed, type Timed} from '../families.js';
import {meetsLimits} from './goal.js';
import {makeOutcome} from './outcome.js';

/** A layout that fits, by what a goal counts in a step. */
export interface Counted extends Timed {
  readonly figure: number;
}

/** The best that is known by a goal, within its limits and without them. */
export interface GoalBest {
  /** Whether nothing that takes as long or longer, and of which the goal counts as much or more, is better. */
  excludes(seconds: number, figure: number): boolean;
  /** Takes one in that is not excluded. */
  take(counted: Counted): void;
  /** The best within the limits; where there is none, the best without them. */
  layouts(): readonly Layout[];
}

/** Nothing is known. */
export function goalBest(plan: Plan, risk: Risk): GoalBest {
  let within: Counted | null = null;
  let least: Counted | null = null;
  const limit = stepLimit(plan, risk);
  return {
    excludes(seconds, figure) {
      if (within !== null) return limit.isMissedBy(seconds) || isWorse(seconds, figure, within);
      return limit.isMissedBy(seconds) && least !== null && isWorse(seconds, figure, least);
    },
    take(counted) {
      if (least === null || compareCounted(counted, least) < 0) least = counted;
      if (within !== null && compareCounted(counted, within) >= 0) return;
      if (limit.isMetBy(counted)) within = counted;
    },
    layouts() {
      const best = within ?? least;
      return best === null ? [] : [best.layout];
    },
  };
}

function isWorse(seconds: number, figure: number, known: Counted): boolean {
  return figure > known.figure || (figure === known.figure && seconds > known.seconds);
}

function compareCounted(a: Counted, b: Counted): number {
  return a.figure - b.figure || compareTimed(a, b);
}

/** How long a step may take within the deadline and the budget: whole runs tell, and longer steps make longer runs. */
interface StepLimit {
  /** Known without a further run. */
  isMissedBy(seconds: number): boolean;
  isMetBy(counted: Counted): boolean;
}

function stepLimit(plan: Plan, risk: Risk): StepLimit {
  const {goal} = plan;
  if (goal.deadline === null && goal.budget === null) return {isMissedBy: () => false, isMetBy: () => true};
  let longestMeeting = Number.NEGATIVE_INFINITY;
  let shortestMissing = Infinity;
  return {
    isMissedBy: seconds => seconds >= shortestMissing,
    isMetBy({layout, seconds}) {
      if (seconds <= longestMeeting) return true;
      if (seconds >= shortestMissing) return false;
      const estimate = estimateStep({...plan, layout});
      if (estimate === null) throw new Error('a searched plan has a device with its precision');
      const {figures} = makeOutcome({choices: {}, plan}, {layout, estimate}, {risk});
      const meets = meetsLimits(goal, figures);
      if (meets) longestMeeting = seconds;
      else shortestMissing = seconds;
      return meets;
    },
  };
}
