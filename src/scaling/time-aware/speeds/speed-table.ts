import type {Layout} from '../../../layout/layout.js';
import {countParameters} from '../../../model/parameters.js';
import type {Transformer} from '../../../model/transformer.js';
import type {Plan} from '../../../plan/plan.js';
import {searchLayouts} from '../../../search/search.js';
import type {Degrees} from '../../../search/space/degrees.js';
import {type PlannedSpeed, plannedSpeed, planOf} from '../candidate.js';
import {type ModelTemplate, modelsOf} from '../model-template.js';
import {fastestRate} from './fastest-rate.js';
import {degreesOf, speedWithDegrees} from './likely-speed.js';

/** A size of the family by its place in the list of sizes. */
export interface SizedModel {
  readonly model: Transformer;
  readonly parameters: number;
}

/** Speeds of sizes at batches, each planned once, when it is asked for. */
export interface SpeedTable {
  readonly plan: Plan;
  readonly sizes: readonly SizedModel[];
  /** Sequences over all replicas. */
  readonly batches: readonly number[];
  /** Speed of the best of all layouts; null where none fits. */
  speed(size: number, batch: number): PlannedSpeed | null;
  /**
   * Speed of the best layout among those with degrees that are the best of some cell so far, from which few cells
   * differ; where none of them can be had, the cell is planned at micro-batches of one sequence. Null where
   * nothing fits.
   */
  likelySpeed(size: number, batch: number): PlannedSpeed | null;
  /** How many different degrees are the best of some cell so far. */
  numDegrees(): number;
  /** Tokens per second that no batch of this size can exceed. */
  mostTokensPerSecond(size: number): number;
  /** How many searches of all layouts were made. */
  searches(): number;
}

/** What is asked for: sizes of a family, batches, and the plan that they are put into. */
export interface SpeedQuestion {
  readonly plan: Plan;
  readonly family: ModelTemplate;
  readonly parameters: readonly number[];
  readonly batches: readonly number[];
  /** The best layout of a similar plan, whose degrees are likely here as well. */
  readonly like?: Layout;
}

export function speedTable({plan, family, parameters, batches, like}: SpeedQuestion): SpeedTable {
  const sizes = distinctSizes(family, parameters);
  const planAt = (size: number, batch: number) =>
    planOf(plan, (sizes[size] as SizedModel).model, batches[batch] as number);
  const known = new Map<string, PlannedSpeed | null>();
  const bounds = new Map<number, number>();
  const degrees = new Map<string, Degrees>();
  const rememberDegrees = (layout: Layout) => {
    const found = degreesOf(layout);
    const key = Object.values(found).join(' ');
    degrees.set(key, found);
    return key;
  };
  if (like !== undefined) rememberDegrees(onDevices(like, plan.cluster.numDevices));
  // The last answer is likely near the next one; where it starts a search does not change what it finds.
  let seed: Layout | null = like ?? null;
  let searches = 0;
  const memoized = (key: string, find: () => PlannedSpeed | null): PlannedSpeed | null => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = find();
    known.set(key, found);
    return found;
  };
  const withDegrees = (size: number, batch: number, key: string) =>
    memoized(`${size} ${batch} ${key}`, () => {
      const split = degrees.get(key);
      return split === undefined ? null : speedWithDegrees(planAt(size, batch), split);
    });
  return {
    plan,
    sizes,
    batches,
    speed: (size, batch) =>
      memoized(`${size} ${batch}`, () => {
        searches += 1;
        const found = searchSpeed(planAt(size, batch), seed);
        if (found !== null) rememberDegrees(found.layout);
        seed = found?.layout ?? seed;
        return found;
      }),
    likelySpeed(size, batch) {
      const whole = known.get(`${size} ${batch}`);
      if (whole !== undefined) return whole;
      let fastest: PlannedSpeed | null = null;
      for (const key of degrees.keys()) fastest = faster(fastest, withDegrees(size, batch, key));
      if (fastest !== null) return fastest;
      const scout = searchSpeed(oneByOne(planAt(size, batch)), seed);
      return scout && faster(scout, withDegrees(size, batch, rememberDegrees(scout.layout)));
    },
    numDegrees: () => degrees.size,
    mostTokensPerSecond(size) {
      const before = bounds.get(size);
      if (before !== undefined) return before;
      const bound = fastestRate(planOf(plan, (sizes[size] as SizedModel).model, 1), batches);
      bounds.set(size, bound);
      return bound;
    },
    searches: () => searches,
  };
}

/** Micro-batches of one sequence, the least that fits, unless the plan states them. */
function oneByOne(plan: Plan): Plan {
  return {...plan, narrowed: {microBatch: [1], ...plan.narrowed}};
}

function faster(a: PlannedSpeed | null, b: PlannedSpeed | null): PlannedSpeed | null {
  return a === null || (b !== null && b.tokensPerSecond > a.tokensPerSecond) ? b : a;
}

/** The layout with as many data ranks as `numDevices` make. */
function onDevices(layout: Layout, numDevices: number): Layout {
  return {...layout, data: Math.floor(numDevices / (layout.tensor * layout.context * layout.pipeline))};
}

/** Two sizes that round to the same shape are one. */
export function distinctSizes(family: ModelTemplate, parameters: readonly number[]): SizedModel[] {
  const modelOf = modelsOf(family);
  const sizes = parameters.map(wanted => {
    const model = modelOf(wanted);
    return {model, parameters: countParameters(model).total};
  });
  return sizes
    .filter(({parameters: own}, i) => sizes.findIndex(other => other.parameters === own) === i)
    .sort((a, b) => a.parameters - b.parameters);
}

function searchSpeed(plan: Plan, seed: Layout | null): PlannedSpeed | null {
  if (!Number.isInteger(plan.training.globalBatch)) return null;
  const {best} = searchLayouts(plan, {alternatives: 0, ...(seed === null ? {} : {seed})});
  return best === null ? null : plannedSpeed(plan, best.layout, best.estimate);
}
