import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import {makeEstimator} from '../../pipeline/estimator.js';
import {stepBand} from '../../pipeline/step-band.js';
import type {Risk} from '../../units/band.js';
import {compareLayouts} from '../families.js';
import {goalMeasure} from './goal-measure.js';

/** A layout by what a goal other than time counts in a step. */
interface Counted {
  readonly layout: Layout;
  readonly figure: number;
  /** Of a step, at the risk. */
  readonly seconds: number;
}

/**
 * Layouts that searches for a goal came to, from the least of what it minimizes on, without those that are
 * worse than another both in time and in that.
 */
export function joinGoalLayouts(plan: Plan, risk: Risk, layouts: readonly Layout[]): readonly Layout[] {
  const count = counter(plan, risk);
  if (count === null) return [];
  let front: readonly Counted[] = [];
  for (const layout of layouts) {
    const counted = count(layout);
    if (counted !== null) front = withCounted(front, counted);
  }
  return front.map(({layout}) => layout);
}

type Counter = (layout: Layout) => Counted | null;

/** Counts a layout that fits, null for others; no counter where the fastest layout is the answer. */
function counter(plan: Plan, risk: Risk): Counter | null {
  const measure = goalMeasure(plan);
  if (measure === null) return null;
  const estimator = makeEstimator(plan.model, plan.cluster, plan.training);
  if (estimator === null) return null;
  return layout => {
    const estimate = estimator.step(layout);
    const {fits, peakBytes, outsideBytes} = estimate.memory;
    if (!fits) return null;
    const seconds = stepBand(estimate, plan.cluster.software)[risk];
    return {layout, figure: measure.of(estimate.parts, peakBytes + outsideBytes), seconds};
  };
}

/** The front, rising in the figure and falling in time, with one more layout where it belongs to it. */
function withCounted(front: readonly Counted[], counted: Counted): readonly Counted[] {
  if (front.some(other => isBetter(other, counted))) return front;
  const kept = front.filter(other => !isBetter(counted, other));
  return [...kept, counted].sort((a, b) => a.figure - b.figure);
}

/** At least as good in both; of two alike the one that comes first in the order of layouts. */
function isBetter(a: Counted, b: Counted): boolean {
  if (a.figure === b.figure && a.seconds === b.seconds) return compareLayouts(a.layout, b.layout) < 0;
  return a.figure <= b.figure && a.seconds <= b.seconds;
}
