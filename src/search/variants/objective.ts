import {noParts, type StepParts, stepSeconds} from '../../cost/step.js';
import type {Plan} from '../../plan/plan.js';
import {devicePower} from '../../run/resources/device-power.js';
import type {Seconds} from '../../units/quantities.js';
import type {StepBound} from '../walk/collector.js';

/** What a goal other than time minimizes in a step. */
export interface GoalObjective {
  /** Increases with every part and with `neededBytes`. */
  value(parts: StepParts, neededBytes: number): number;
  /** Lower bound of the value of every step within `bound`. */
  lowerBound(bound: StepBound): number;
}

/** GoalObjective of a plan; null where the goal is one of which the fastest layout is best: time, cost and loss. */
export function objectiveOf(plan: Plan): GoalObjective | null {
  switch (plan.goal.minimize) {
    case 'memory':
      return {value: (_, neededBytes) => neededBytes, lowerBound: ({neededBytes}) => neededBytes};
    case 'energy': {
      const computing = joules(plan, {...noParts, forward: 1 as Seconds});
      const waiting = joules(plan, {...noParts, pipelineBubble: 1 as Seconds});
      return {
        value: parts => joules(plan, parts),
        lowerBound: ({seconds, computeSeconds}) =>
          computing * computeSeconds + waiting * Math.max(0, seconds - computeSeconds),
      };
    }
    case 'time':
    case 'cost':
    case 'loss':
      return null;
  }
}

/** Energy of one device in a step, its share of the host included. */
function joules(plan: Plan, parts: StepParts): number {
  return devicePower(plan, parts).training * stepSeconds(parts);
}
