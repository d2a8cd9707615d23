import {noParts, type StepParts, stepSeconds} from '../../cost/step.js';
import type {Plan} from '../../layout/plan.js';
import {devicePower} from '../../run/resources/device-power.js';
import type {Seconds} from '../../units/quantities.js';

/** What a goal other than time counts in a step. */
export interface GoalMeasure {
  /** Of a step with these parts and so many bytes on its fullest stage; each part and byte adds to it. */
  of(parts: StepParts, neededBytes: number): number;
  /** Below that of all steps that take so long, of which they compute so long. */
  least(seconds: number, computeSeconds: number): number;
}

/** Null where the goal asks for what the fastest layout has too: time, cost and loss. */
export function goalMeasure(plan: Plan): GoalMeasure | null {
  switch (plan.goal.minimize) {
    case 'memory':
      return {of: (_, neededBytes) => neededBytes, least: () => 0};
    case 'energy': {
      const computing = joules(plan, {...noParts, forward: 1 as Seconds});
      const waiting = joules(plan, {...noParts, pipelineBubble: 1 as Seconds});
      return {
        of: parts => joules(plan, parts),
        least: (seconds, compute) => computing * compute + waiting * Math.max(0, seconds - compute),
      };
    }
    case 'time':
    case 'cost':
    case 'loss':
      return null;
  }
}

/** Of one device in a step, its share of the host included. */
function joules(plan: Plan, parts: StepParts): number {
  return devicePower(plan, parts).training * stepSeconds(parts);
}
