import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Design, DesignSpace} from '../../../src/layout/design.js';
import {makeEstimator} from '../../../src/pipeline/estimate.js';
import {compareOutcomes, goalFigure, meetsLimits} from '../../../src/search/design/goal.js';
import {makeOutcome, type Outcome} from '../../../src/search/design/outcome.js';
import {answerDesigns} from '../../../src/search/design/search-designs.js';
import {layoutSpace} from '../../../src/search/space/layout-space.js';
import type {Risk} from '../../../src/units/band.js';
import {designProblems} from './problems.js';

/** The best outcome of every layout of every design that fits, each of them evaluated as a whole run. */
function exhaustive({designs}: DesignSpace, risk: Risk): Outcome | null {
  let best: Outcome | null = null;
  for (const design of designs) {
    for (const outcome of outcomesOf(design, risk)) {
      if (best === null || compareOutcomes(outcome, best) < 0) best = outcome;
    }
  }
  return best;
}

function* outcomesOf(design: Design, risk: Risk): Generator<Outcome> {
  const {model, cluster, training} = design.plan;
  const estimator = makeEstimator({model, cluster, training});
  for (const layout of layoutSpace(design.plan)) {
    const estimate = estimator?.step(layout);
    if (estimate?.memory.fits === true) yield makeOutcome(design, {layout, estimate}, {risk});
  }
}

test('goals over designs are answered as by evaluating every layout of every design', () => {
  const kinds = {answered: 0, nothingFits: 0, missed: 0, tied: 0};
  fc.assert(
    fc.property(designProblems, ({space, risk}) => {
      const answer = answerDesigns(space, {risk, alternatives: 0});
      const best = exhaustive(space, risk);
      if (best === null) {
        expect(answer.best).toBeNull();
        kinds.nothingFits += 1;
        return;
      }
      const {goal} = best.design.plan;
      expect(answer.best?.figures).toEqual(best.figures);
      expect(answer.best?.candidate.layout).toEqual(best.candidate.layout);
      expect(answer.best?.design.choices).toEqual(best.design.choices);
      expect(answer.optimal).toBe(true);
      kinds.answered += 1;
      if (!meetsLimits(goal, best.figures)) kinds.missed += 1;
      const same = answer.designs.filter(
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
