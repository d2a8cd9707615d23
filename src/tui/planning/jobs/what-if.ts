import type {Plan} from '../../../plan/plan.js';
import {measureOf} from '../../../search/sensitivity/replan.js';
import {
  countSensitivities,
  type Sensitivity,
  sensitivities,
} from '../../../search/sensitivity/sensitivities.js';
import {sensitivityParameters} from '../../../search/sensitivity/sensitivity-parameters.js';
import {bestRow} from '../goal-search.js';
import type {ScaleFactors} from '../job.js';
import type {Row, SensitivityReply} from '../reply.js';

/** Searches the best layout of a plan with its parameters scaled; null if nothing fits. */
export function* trialSteps(plan: Plan, factors: ScaleFactors): Generator<null, Row | null> {
  const scaled = scaledPlan(plan, factors);
  return scaled === null ? null : yield* bestRow(scaled);
}

function scaledPlan(plan: Plan, factors: ScaleFactors): Plan | null {
  let scaled: Plan | null = plan;
  for (const {name, scale} of sensitivityParameters(plan)) {
    const factor = factors[name] ?? 1;
    if (factor !== 1 && scaled !== null) scaled = scale(scaled, factor);
  }
  return scaled;
}

/** Sensitivities of the plan's goal; each reply holds one parameter more than the last. */
export function* sensitivityReplies(plan: Plan, text: string): Generator<SensitivityReply> {
  const found: Sensitivity[] = [];
  const total = countSensitivities(plan);
  for (const sensitivity of sensitivities(plan)) {
    found.push(sensitivity);
    yield {kind: 'sensitivity', text, found: [...found], total, measure: measureOf(plan)};
  }
}
