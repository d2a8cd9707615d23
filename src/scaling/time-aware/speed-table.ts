import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import {countParameters} from '../../model/parameters.js';
import type {Transformer} from '../../model/transformer.js';
import {searchLayouts} from '../../search/search.js';
import {type PlannedSpeed, plannedSpeed, planOf} from './candidate.js';
import {fastestRate} from './fastest-rate.js';
import {modelsOf, type ShapeFamily} from './shape-family.js';

/** A size of the family by its place in the list of sizes. */
export interface SizedModel {
  readonly model: Transformer;
  readonly parameters: number;
}

/**
 * Speeds of sizes at batches, each planned once, when it is asked for. The answers do not depend on the
 * order of the questions.
 */
export interface SpeedTable {
  readonly plan: Plan;
  readonly sizes: readonly SizedModel[];
  /** Sequences over all replicas. */
  readonly batches: readonly number[];
  /** Of the best layout; null where none fits. */
  speed(size: number, batch: number): PlannedSpeed | null;
  /** Tokens per second that no batch of this size can exceed. */
  mostTokensPerSecond(size: number): number;
  /** How many searches were made. */
  searches(): number;
}

/** What is asked for: sizes of a family, batches, and the plan that they are put into. */
export interface SpeedQuestion {
  readonly plan: Plan;
  readonly family: ShapeFamily;
  readonly parameters: readonly number[];
  readonly batches: readonly number[];
}

export function speedTable({plan, family, parameters, batches}: SpeedQuestion): SpeedTable {
  const sizes = distinctSizes(family, parameters);
  const known = new Map<string, PlannedSpeed | null>();
  const bounds = new Map<number, number>();
  // The last answer is likely near the next one; where it starts a search does not change what it finds.
  let seed: Layout | null = null;
  let searches = 0;
  return {
    plan,
    sizes,
    batches,
    speed(size, batch) {
      const key = `${size} ${batch}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const {model} = sizes[size] as SizedModel;
      searches += 1;
      const found = searchSpeed(planOf(plan, model, batches[batch] as number), seed);
      known.set(key, found);
      seed = found?.layout ?? seed;
      return found;
    },
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

/** Two sizes that round to the same shape are one. */
export function distinctSizes(family: ShapeFamily, parameters: readonly number[]): SizedModel[] {
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
  const best = searchLayouts(plan, {alternatives: 0, ...(seed === null ? {} : {seed})})?.best ?? null;
  return best === null ? null : plannedSpeed(plan, best.layout, best.estimate);
}
