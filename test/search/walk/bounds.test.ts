import fc from 'fast-check';
import {expect, test} from 'vitest';
import {passSeconds} from '../../../src/cost/step.js';
import type {Layout} from '../../../src/layout/layout.js';
import {makeEstimator} from '../../../src/pipeline/estimate.js';
import {StepTables} from '../../../src/pipeline/tables/step-tables.js';
import {stepBand} from '../../../src/pipeline/uncertainty/step-band.js';
import type {Plan} from '../../../src/plan/plan.js';
import {degreesSpaces} from '../../../src/search/proof/proven-space.js';
import type {DegreesSpace} from '../../../src/search/space/degrees-space.js';
import {layoutOf} from '../../../src/search/space/layout-space.js';
import {objectiveOf} from '../../../src/search/variants/objective.js';
import {degreesBound, layerRuns, pipelineBound, stepBound} from '../../../src/search/walk/bounds.js';
import {riskFactor, searchContext} from '../../../src/search/walk/search-context.js';
import {watts} from '../../../src/units/quantities.js';
import {plans} from '../random-plan.js';

/** One of a list, by a number from 0 to 1. */
function pick<Item>(items: readonly Item[], share: number): Item {
  return items[Math.min(items.length - 1, Math.floor(share * items.length))]!;
}

const shares = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {minLength: 7, maxLength: 7});

/** A goal and what is asked of an operation, so that energy has a figure. */
function withGoal(plan: Plan, minimize: 'energy' | 'memory'): Plan {
  const site = {...plan.operation.site, hostPower: watts(50)};
  return {...plan, goal: {...plan.goal, minimize}, operation: {...plan.operation, site}};
}

test('no bound on time, cost or energy is above what a layout of its part of the space takes', () => {
  let compared = 0;
  fc.assert(
    fc.property(plans, fc.constantFrom('p50' as const, 'p90' as const), shares, (drawn, risk, at) => {
      const plan = withGoal(drawn, 'energy');
      const tables = new StepTables(plan);
      const context = searchContext(plan, risk, tables);
      const spaces = degreesSpaces(plan).filter(({size}) => size > 0);
      fc.pre(spaces.length > 0);
      const space: DegreesSpace = pick(spaces, at[0]!);
      const run = pick(layerRuns(context, space), at[1]!);
      const microBatch = pick(space.microBatches, at[2]!);
      fc.pre(space.candidates(microBatch).length > 0);
      const candidate = pick(space.candidates(microBatch), at[3]!);
      const order = pick(space.orders, at[4]!);
      const layout: Layout = layoutOf({
        degrees: space.degrees,
        layer: run.layer,
        microBatch,
        candidate,
        recompute: pick(candidate.recomputes, at[5]!),
        rankOrder: order.rankOrder,
        state: pick(order.states, at[6]!),
      });
      const estimator = makeEstimator(plan);
      const estimate = estimator.step(layout);
      const exact = stepBand(estimate, plan.cluster.software)[risk];
      const factor = riskFactor(context, space.degrees, microBatch);
      const numMicrobatches = space.numMicrobatches(microBatch);
      expect(degreesBound(context, space)).toBeLessThanOrEqual(exact);
      const share = microBatch / context.boundMicroBatch;
      const entry = run.table(microBatch);
      const objective = objectiveOf(plan)!;
      for (const [seconds, scale] of [
        [run.boundEntry.seconds(), share],
        [entry.seconds(), 1],
      ] as const) {
        const passes = pipelineBound(seconds, candidate, numMicrobatches);
        const scaled = {seconds: scale * passes.seconds, computeSeconds: scale * passes.computeSeconds};
        const bound = stepBound(scaled, 0, 0);
        expect(factor * bound.seconds).toBeLessThanOrEqual(exact);
        // The cost of a step is its time on all devices, at a price.
        expect(bound.seconds).toBeLessThanOrEqual(passSeconds(estimate.parts));
        expect(bound.computeSeconds).toBeLessThanOrEqual(estimate.parts.forward + estimate.parts.backward);
        expect(objective.lowerBound(bound)).toBeLessThanOrEqual(objective.value(estimate.parts, 0));
      }
      compared += 1;
    }),
    {numRuns: 400},
  );
  expect(compared).toBe(400);
});
