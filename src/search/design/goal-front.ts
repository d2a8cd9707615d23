import {stepSeconds} from '../../cost/step.js';
import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import {type Estimator, makeEstimator} from '../../pipeline/estimator.js';
import {stepBand} from '../../pipeline/step-band.js';
import {devicePower} from '../../run/resources/device-power.js';
import type {Risk} from '../../units/band.js';
import {compareLayouts} from '../families.js';
import type {Shard} from '../search-result.js';
import {layoutSpace} from '../space/layout-space.js';

/** A layout by what a goal other than time counts in a step. */
interface Counted {
  readonly layout: Layout;
  readonly figure: number;
  /** Of a step, at the risk. */
  readonly seconds: number;
}

/**
 * Layouts of a plan of which none is better both in time and in what the goal minimizes, from the least of
 * that on. Whatever limit a deadline or a budget sets to the time, the best layout within it is one of them.
 * Empty where the goal asks for what the fastest layout has too: time, cost and loss.
 */
export function goalFront(plan: Plan, risk: Risk, shard: Shard = {index: 0, of: 1}): readonly Layout[] {
  const count = counter(plan, risk);
  if (count === null) return [];
  let front: readonly Counted[] = [];
  let ordinal = 0;
  for (const layout of layoutSpace(plan)) {
    if (ordinal++ % shard.of !== shard.index) continue;
    const counted = count(layout);
    if (counted !== null) front = withCounted(front, counted);
  }
  return front.map(({layout}) => layout);
}

/** The front of several shards. */
export function joinGoalFronts(
  plan: Plan,
  risk: Risk,
  shards: readonly (readonly Layout[])[],
): readonly Layout[] {
  const count = counter(plan, risk);
  if (count === null) return [];
  let front: readonly Counted[] = [];
  for (const layout of shards.flat()) {
    const counted = count(layout);
    if (counted !== null) front = withCounted(front, counted);
  }
  return front.map(({layout}) => layout);
}

type Counter = (layout: Layout) => Counted | null;

/** Counts a layout that fits, null for others; no counter where the fastest layout is the answer. */
function counter(plan: Plan, risk: Risk): Counter | null {
  const {minimize} = plan.goal;
  if (minimize !== 'energy' && minimize !== 'memory') return null;
  const estimator = makeEstimator(plan.model, plan.cluster, plan.training);
  if (estimator === null) return null;
  return layout => {
    const memory = estimator.memory(layout);
    if (!memory.fits) return null;
    const seconds = secondsAtRisk(plan, estimator, layout, risk);
    const figure =
      minimize === 'memory' ? memory.peakBytes + memory.outsideBytes : stepEnergy(plan, estimator, layout);
    return {layout, figure, seconds};
  };
}

function secondsAtRisk(plan: Plan, estimator: Estimator, layout: Layout, risk: Risk): number {
  if (risk === 'p50') return stepSeconds(estimator.parts(layout));
  return stepBand(estimator.step(layout), plan.cluster.software)[risk];
}

/** Joules of one device in a step, its share of the host included. */
function stepEnergy(plan: Plan, estimator: Estimator, layout: Layout): number {
  const parts = estimator.parts(layout);
  return devicePower(plan, parts).training * stepSeconds(parts);
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
