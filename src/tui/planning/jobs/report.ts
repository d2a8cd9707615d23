import type {ReadPlan} from '../../../plan-file/read-plan.js';
import {planHtml} from '../../../report/html/plan-html.js';
import {makeSimulation} from '../../../report/simulation.js';
import {measureOf} from '../../../search/sensitivity/replan.js';
import {type Sensitivity, sensitivities} from '../../../search/sensitivity/sensitivities.js';
import {answerVariants, withPossiblePins} from '../../../search/variants/search-variants.js';

/** The page that `walltime plan --html` writes for the plan; null if nothing fits. */
export function* reportSteps({space}: ReadPlan): Generator<null, string | null> {
  const answer = answerVariants(withPossiblePins(space));
  yield null;
  const {best} = answer;
  if (best === null) return null;
  const {plan} = best.variant;
  const found: Sensitivity[] = [];
  for (const sensitivity of sensitivities(plan, {best})) {
    found.push(sensitivity);
    yield null;
  }
  const simulation = makeSimulation(plan, best.candidate.layout, best.candidate.estimate);
  return planHtml({answer, best: simulation, sensitivities: found, measure: measureOf(plan)});
}
