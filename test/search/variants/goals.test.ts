import fc from 'fast-check';
import {expect, test} from 'vitest';
import {makeEstimator} from '../../../src/pipeline/estimate.js';
import type {PlanVariant, PlanVariants} from '../../../src/plan/variant.js';
import {layoutSpace} from '../../../src/search/space/layout-space.js';
import {type EvaluatedPlan, evaluatePlan} from '../../../src/search/variants/evaluated-plan.js';
import {compareByGoal, goalFigure, meetsLimits} from '../../../src/search/variants/goal.js';
import {answerVariants} from '../../../src/search/variants/search-variants.js';
import type {Risk} from '../../../src/units/band.js';
import {designProblems} from './problems.js';

/** The best outcome of every layout of every variant that fits, each of them evaluated as a whole run. */
function exhaustive({variants}: PlanVariants, risk: Risk): EvaluatedPlan | null {
  let best: EvaluatedPlan | null = null;
  for (const variant of variants) {
    for (const outcome of outcomesOf(variant, risk)) {
      if (best === null || compareByGoal(outcome, best) < 0) best = outcome;
    }
  }
  return best;
}

function* outcomesOf(variant: PlanVariant, risk: Risk): Generator<EvaluatedPlan> {
  const {model, cluster, training} = variant.plan;
  const estimator = makeEstimator({model, cluster, training});
  for (const layout of layoutSpace(variant.plan)) {
    const estimate = estimator?.step(layout);
    if (estimate?.memory.fits === true) yield evaluatePlan(variant, {layout, estimate}, {risk});
  }
}

test('goals over designs are answered as by evaluating every layout of every design', () => {
  const kinds = {answered: 0, nothingFits: 0, missed: 0, tied: 0};
  fc.assert(
    fc.property(designProblems, ({space, risk}) => {
      const answer = answerVariants(space, {risk, alternatives: 0});
      const best = exhaustive(space, risk);
      if (best === null) {
        expect(answer.best).toBeNull();
        kinds.nothingFits += 1;
        return;
      }
      const {goal} = best.variant.plan;
      expect(answer.best?.figures).toEqual(best.figures);
      expect(answer.best?.candidate.layout).toEqual(best.candidate.layout);
      expect(answer.best?.variant.choices).toEqual(best.variant.choices);
      expect(answer.optimal).toBe(true);
      kinds.answered += 1;
      if (!meetsLimits(goal, best.figures)) kinds.missed += 1;
      const same = answer.variants.filter(
        ({outcome}) =>
          outcome !== null && goalFigure(goal, outcome.figures) === goalFigure(goal, best.figures),
      );
      if (same.length > 1) kinds.tied += 1;
    }),
    {numRuns: 200},
  );
  // Each kind of problem was among them.
  expect(Math.min(...Object.values(kinds)), JSON.stringify(kinds)).toBeGreaterThan(2);
});
