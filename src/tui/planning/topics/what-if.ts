import type {Plan} from '../../../layout/plan.js';
import {leversOf} from '../../../search/sensitivity/levers.js';
import {measureOf} from '../../../search/sensitivity/replan.js';
import {
  countSensitivities,
  type Sensitivity,
  sensitivities,
} from '../../../search/sensitivity/sensitivities.js';
import type {Factors, Row, SensitivityReply} from '../answers.js';
import {bestRow} from '../goal-search.js';

/** The best layout of a plan with its figures scaled; the last value. */
export function* trialOf(plan: Plan, factors: Factors): Generator<null, Row | null> {
  const changed = scaled(plan, factors);
  return changed === null ? null : yield* bestRow(changed);
}

function scaled(plan: Plan, factors: Factors): Plan | null {
  let changed: Plan | null = plan;
  for (const {name, scale} of leversOf(plan)) {
    const factor = factors[name] ?? 1;
    if (factor !== 1 && changed !== null) changed = scale(changed, factor);
  }
  return changed;
}

/** What each figure is worth, again with each that is done. */
export function* sensitivityReplies(plan: Plan, text: string): Generator<SensitivityReply> {
  const found: Sensitivity[] = [];
  const total = countSensitivities(plan);
  for (const sensitivity of sensitivities(plan)) {
    found.push(sensitivity);
    yield {topic: 'sensitivity', text, found: [...found], total, measure: measureOf(plan)};
  }
}
