import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../plan/plan.js';
import type {PlanVariants} from '../../plan/variant.js';
import {mergeSnapshots, resumeSearch, type Search, startSearch, type WarmStartScope} from '../search.js';
import type {SearchOptions, SearchResult, SearchShard} from '../search-result.js';
import {mergeProblem, type SearchSnapshot} from '../snapshot.js';
import {type Answer, type AnswerOptions, answerBuilder} from './answer.js';
import {bestByGoal, type GoalSearch, goalSearch} from './goal-search.js';

/** What the search of one variant, or of a shard of its layouts, has come to. Plain data. */
export interface VariantPart {
  /** Place among the variants of the plan. */
  readonly variant: number;
  readonly snapshot: SearchSnapshot;
  /** See `goalSearch`; null until it is done. */
  readonly goalLayouts: readonly Layout[] | null;
}

/** A part of the search of a plan: some of its variants, or some of the layouts of its only one. */
export interface PartTask {
  readonly variant: number;
  /** Shard of the variant's layouts. */
  readonly shard: SearchShard;
}

/** The tasks of one shard of a plan. Many variants are dealt out whole; of a single one the layouts are. */
export function tasksOf(
  {variants}: PlanVariants,
  shard: SearchShard = {index: 0, of: 1},
): readonly PartTask[] {
  if (variants.length === 1) return [{variant: 0, shard}];
  return variants
    .map((_, variant) => ({variant, shard: {index: 0, of: 1}}))
    .filter(({variant}) => variant % shard.of === shard.index);
}

/** The search of one task, step by step. */
export interface PartSearch {
  /** Search of the fastest layouts, whose warm start comes first. */
  readonly fastest: Search;
  /** Visits about `maxUnits` more parts of the space. @returns whether all is done */
  advance(maxUnits: number): boolean;
  /** Share that is done, 0 to 1. */
  progress(): number;
  part(): VariantPart;
}

/** @param begun an unfinished part of the same task */
export function searchPart(
  {variants}: PlanVariants,
  {variant, shard}: PartTask,
  options: AnswerOptions,
  begun?: VariantPart,
  scope: WarmStartScope = 'whole',
): PartSearch {
  const plan = planAt(variants, variant);
  const search =
    begun === undefined
      ? startSearch(plan, {...searchOptions(options), shard}, scope)
      : resumeSearch(plan, begun.snapshot);
  let goalLayouts = begun?.goalLayouts ?? null;
  let timed = false;
  let goal: GoalSearch | null = null;
  const seekGoal = (maxUnits: number): boolean => {
    const {best} = search.progress();
    goal ??= goalSearch(plan, options.risk ?? 'p50', shard, best?.layout ?? null);
    let done = goal === null;
    for (let unit = 0; goal !== null && !done && unit < maxUnits; unit += 1) done = goal.advance();
    if (done) goalLayouts = goal?.layouts() ?? [];
    return done;
  };
  return {
    fastest: search,
    advance(maxUnits) {
      if (goalLayouts !== null) return true;
      timed ||= search.advance(maxUnits);
      return timed && seekGoal(maxUnits);
    },
    progress() {
      const {done, total} = search.progress();
      return total === 0 ? 1 : done / total;
    },
    part: () => ({variant, snapshot: search.snapshot(), goalLayouts}),
  };
}

/** What of the options goes into the search of layouts, and so into its snapshots. */
function searchOptions({alternatives, risk, seed}: AnswerOptions): SearchOptions {
  return {
    ...(alternatives === undefined ? {} : {alternatives}),
    ...(risk === undefined ? {} : {risk}),
    ...(seed === undefined ? {} : {seed}),
  };
}

/** The answer that the parts of all variants make together; not optimal where some are missing or unfinished. */
export function answerOfParts(
  space: PlanVariants,
  options: AnswerOptions,
  parts: readonly VariantPart[],
): Answer {
  const builder = answerBuilder(space, options);
  for (const [variant, {plan}] of space.variants.entries()) {
    const own = parts.filter(part => part.variant === variant);
    if (own.length === 0) continue;
    const layouts = own.flatMap(({goalLayouts}) => goalLayouts ?? []);
    builder.add(variant, joinedResult(plan, own), bestByGoal(plan, options.risk ?? 'p50', layouts));
  }
  return builder.answer();
}

function joinedResult(plan: Plan, parts: readonly VariantPart[]): SearchResult {
  const snapshots = parts.map(({snapshot}) => snapshot);
  const [first] = snapshots;
  if (first !== undefined && snapshots.length === 1) return resumeSearch(plan, first).result();
  if (mergeProblem(plan, snapshots) === null) return mergeSnapshots(plan, snapshots);
  return soFar(snapshots.map(snapshot => resumeSearch(plan, snapshot).result()));
}

/** Result of unfinished shards: the best of all, without proof. */
function soFar(results: readonly SearchResult[]): SearchResult {
  const sum = (count: (result: SearchResult) => number) => results.reduce((all, one) => all + count(one), 0);
  const best = results.reduce((a, b) => (secondsOf(b) < secondsOf(a) ? b : a));
  return {
    ...best,
    optimal: false,
    counts: {
      space: best.counts.space,
      evaluated: sum(({counts}) => counts.evaluated),
      excludedByMemory: sum(({counts}) => counts.excludedByMemory),
      excludedByBound: sum(({counts}) => counts.excludedByBound),
    },
  };
}

function secondsOf({best}: SearchResult): number {
  return best === null ? Infinity : best.estimate.seconds;
}

function planAt(variants: PlanVariants['variants'], variant: number): Plan {
  const found = variants[variant];
  if (found === undefined) throw new Error(`there is no design ${variant}`);
  return found.plan;
}
