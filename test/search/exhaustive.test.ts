import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {usableBytes} from '../../src/cost/memory/memory.js';
import {type Estimator, makeEstimator} from '../../src/pipeline/estimate.js';
import {stepBand} from '../../src/pipeline/uncertainty/step-band.js';
import type {Plan} from '../../src/plan/plan.js';
import {compareRanked, degreesKey, type RankedLayout} from '../../src/search/compare-layouts.js';
import {faster} from '../../src/search/findings.js';
import {timeEveryLayout} from '../../src/search/proof/every-layout.js';
import {frontLevels, frontPoints, levelOf} from '../../src/search/proof/incumbents.js';
import {searchLayouts} from '../../src/search/search.js';
import {layoutSpace} from '../../src/search/space/layout-space.js';
import type {Risk} from '../../src/units/band.js';
import {plans} from './random-plan.js';

/** Spaces beyond this take too long to time layout by layout. */
const mostLayouts = 1500;

interface Exhausted {
  readonly space: number;
  /** Those that fit, best first. */
  readonly timed: readonly RankedLayout[];
  readonly misfits: readonly number[];
}

/** Every layout of a plan, each estimated by itself; null where there are too many. */
function exhaust(plan: Plan, estimator: Estimator, risk: Risk): Exhausted | null {
  const timed: RankedLayout[] = [];
  const misfits: number[] = [];
  let space = 0;
  for (const layout of layoutSpace(plan)) {
    space += 1;
    if (space > mostLayouts) return null;
    const estimate = estimator.step(layout);
    const {fits, peakBytes, neededBytes} = estimate.memory;
    if (!fits) misfits.push(neededBytes);
    else timed.push({layout, seconds: stepBand(estimate, plan.cluster.software)[risk], peakBytes});
  }
  return {space, timed: timed.sort(compareRanked), misfits};
}

describe.each(['p50', 'p90'] as const)('a search at %s', risk => {
  test('gives what timing every layout gives: best, runners-up, misfits and counts', () => {
    let compared = 0;
    let without = 0;
    fc.assert(
      fc.property(plans, fc.constantFrom(0, 2), (plan, alternatives) => {
        const estimator = makeEstimator(plan);
        const all = exhaust(plan, estimator, risk);
        fc.pre(all !== null && all.space > 0);
        compared += 1;
        const result = searchLayouts(plan, {alternatives, risk});
        const bestByDegrees = new Map<string, RankedLayout>();
        for (const timed of all?.timed ?? []) {
          const key = degreesKey(timed.layout);
          if (!bestByDegrees.has(key)) bestByDegrees.set(key, timed);
        }
        const [best = null, ...others] = [...bestByDegrees.values()].slice(0, alternatives + 1);
        expect(result.best?.layout ?? null).toEqual(best?.layout ?? null);
        expect(result.best?.estimate ?? null).toEqual(best === null ? null : estimator.step(best.layout));
        expect(result.alternatives.map(({layout}) => layout)).toEqual(others.map(({layout}) => layout));
        expect(result.counts.space).toBe(all?.space);
        expect(result.optimal).toBe(true);
        const [, seed = null] = all?.timed ?? [];
        if (seed !== null) {
          expect(searchLayouts(plan, {alternatives, risk, seed: seed.layout})).toEqual(result);
        }
        if (risk === 'p50') {
          const {layouts, bestSeconds} = timeEveryLayout(plan);
          expect(layouts).toBe(all?.space);
          expect(bestSeconds).toBe(best?.seconds ?? null);
        }
        const {evaluated = 0, excludedByMemory = 0, excludedByBound = 0} = result.counts;
        expect(evaluated + excludedByMemory + excludedByBound).toBe(all?.space);
        expect(excludedByMemory).toBeLessThanOrEqual(all?.misfits.length ?? 0);
        expect(result.rejected.reduce((sum, {count}) => sum + count, 0)).toBe(excludedByMemory);
        const front: (RankedLayout | null)[] = Array.from({length: frontLevels}, () => null);
        for (const timed of all?.timed ?? []) {
          const {memory} = estimator.step(timed.layout);
          const level = levelOf((timed.peakBytes + memory.outsideAllocatorBytes) / usableBytes(plan.cluster));
          front[level] = faster(front[level] ?? null, timed);
        }
        const points = alternatives === 0 ? [] : frontPoints(front).map(({layout}) => layout);
        expect(result.pareto.map(({layout}) => layout)).toEqual(points);
        if (best === null) {
          without += 1;
          const {neededBytes = 0} = result.smallest?.estimate.memory ?? {};
          expect(neededBytes).toBe(Math.min(...(all?.misfits ?? [])));
        }
      }),
      {numRuns: 150, maxSkipsPerRun: 100},
    );
    expect(compared).toBeGreaterThanOrEqual(150);
    expect(without).toBeGreaterThan(5);
  });
});
