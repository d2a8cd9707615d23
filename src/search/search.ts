import type {Layout} from '../layout/layout.js';
import type {Plan} from '../layout/plan.js';
import {type Estimator, makeEstimator} from '../pipeline/estimator.js';
import {certify} from './certificate/certify.js';
import {compareTimed} from './families.js';
import {type Findings, joinFindings, noFindings} from './findings.js';
import {frontPoints, type KnownTimes} from './proof/limits.js';
import {type ProvenSpace, provenSpace, timeSpace} from './proof/proven-space.js';
import type {Candidate, SearchOptions, SearchResult} from './search-result.js';
import {fingerprintOf, mergeProblem, type SearchSnapshot, snapshotProblem} from './snapshot.js';
import {type SearchTables, searchTables} from './tables/search-tables.js';

/** A search that goes on step by step, and can be put aside after each. */
export interface Search {
  /**
   * Looks at one more part of the space beforehand: what is found bounds all that is visited then. Where a
   * share of the look is asked for, `agree` ends it.
   *
   * @returns whether visits can begin
   */
  prepare(): boolean;
  /** What the look found. */
  known(): KnownTimes;
  /** Takes what the looks of all shares found. */
  agree(known: readonly KnownTimes[]): void;
  /** Visits so many more parts of the space. @returns whether all were visited */
  advance(maxUnits: number): boolean;
  progress(): SearchProgress;
  snapshot(): SearchSnapshot;
  /** Of what was visited so far; optimal once all of an undivided space was. */
  result(): SearchResult;
}

export interface SearchProgress {
  /** Parts of the space. */
  readonly done: number;
  readonly total: number;
  /** Of those visited so far. */
  readonly best: Candidate | null;
}

/**
 * Looks at every layout that the plan leaves open and returns the fastest that fits.
 *
 * Memory is checked before time; layouts that a bound shows to be slower than what is already found are
 * not timed. On a given cluster the fastest layout is also the cheapest and the one of least energy, as
 * all devices run for the whole of it.
 *
 * @returns null where the cluster's device has no mode for the plan's precision
 */
export function searchLayouts(plan: Plan, options: SearchOptions = {}): SearchResult | null {
  const search = startSearch(plan, options);
  if (search === null) return null;
  search.advance(Infinity);
  return search.result();
}

/** Every layout that a plan leaves open, timed. */
export interface TimedSpace {
  readonly layouts: number;
  /** Step of the fastest layout that fits, seconds; null where none does. */
  readonly bestSeconds: number | null;
}

/**
 * Times every layout of a space with its memory and all parts of its step, whether it fits or not: what a
 * search is measured against.
 *
 * @returns null where the cluster's device has no mode for the plan's precision
 */
export function timeEveryLayout(plan: Plan): TimedSpace | null {
  const tables = searchTables(plan);
  if (tables === null) return null;
  const {evaluated, excludedByMemory, families} = timeSpace(plan, tables);
  return {layouts: evaluated + excludedByMemory, bestSeconds: families[0]?.seconds ?? null};
}

/** What a search looks at beforehand: all of the space, or the shard that it visits, where it agrees with the others. */
export type Look = 'whole' | 'shard';

/**
 * A search of which nothing is visited yet. Its first step costs most where `prepare` has not come before: it
 * finds the times of the best layouts, by which all parts of the space are judged, so that what a part
 * yields does not depend on the others.
 *
 * @returns null where the cluster's device has no mode for the plan's precision
 */
export function startSearch(plan: Plan, options: SearchOptions = {}, look: Look = 'whole'): Search | null {
  const estimator = makeEstimator(plan.model, plan.cluster, plan.training);
  return estimator === null
    ? null
    : makeSearch(plan, options, estimator, {done: 0, findings: noFindings}, look);
}

/** Goes on where a snapshot of the same plan was taken; its options hold. Throws for another plan's: see `snapshotProblem`. */
export function resumeSearch(plan: Plan, snapshot: SearchSnapshot): Search {
  const problem = snapshotProblem(plan, snapshot);
  if (problem !== null) throw new Error(`a snapshot cannot be resumed: ${problem}`);
  const options = {...snapshot.options, shard: snapshot.shard};
  return makeSearch(plan, options, estimatorOf(plan), snapshot, 'whole');
}

/** The answer of all shards together, equal to that of one search. Throws where one is missing: see `mergeProblem`. */
export function mergeSnapshots(plan: Plan, snapshots: readonly SearchSnapshot[]): SearchResult {
  const problem = mergeProblem(plan, snapshots);
  const [first] = snapshots;
  if (problem !== null || first === undefined) throw new Error(`shards cannot be merged: ${problem}`);
  const estimator = estimatorOf(plan);
  const findings = snapshots.map(snapshot => snapshot.findings).reduce(joinFindings, noFindings);
  return resultOf(plan, first.options, estimator, {findings, isWhole: true});
}

function estimatorOf(plan: Plan): Estimator {
  const estimator = makeEstimator(plan.model, plan.cluster, plan.training);
  if (estimator === null) throw new Error(`a searched plan has a device with ${plan.training.precision}`);
  return estimator;
}

function tablesOf(plan: Plan): SearchTables {
  const tables = searchTables(plan);
  if (tables === null) throw new Error(`a searched plan has a device with ${plan.training.precision}`);
  return tables;
}

const wholeSpace = {index: 0, of: 1};

function makeSearch(
  plan: Plan,
  options: SearchOptions,
  estimator: Estimator,
  begun: Pick<SearchSnapshot, 'done' | 'findings'>,
  look: Look,
): Search {
  const {shard = wholeSpace, ...asked} = options;
  let space: ProvenSpace | null = null;
  const proof = (): ProvenSpace => {
    const share = look === 'shard' ? shard : wholeSpace;
    space ??= provenSpace(plan, asked, keptAlternatives(asked), tablesOf(plan), share);
    return space;
  };
  let dealt: readonly number[] | null = null;
  const units = () => {
    dealt ??= proof().units(shard);
    return dealt;
  };
  const total = () => units().length;
  let {done, findings} = begun;
  /** A search that is put aside early has what the look beforehand met. */
  const soFar = (): Findings => {
    const met = findings.families.length > 0 || done === total() ? null : proof().met();
    return met === null ? findings : {...findings, families: [met]};
  };
  return {
    prepare: () => done === total() || proof().prepare(),
    known: () => proof().known(),
    agree(known) {
      proof().agree(known);
    },
    advance(maxUnits) {
      const end = Math.min(total(), done + maxUnits);
      for (; done < end; done += 1) {
        findings = joinFindings(findings, proof().visit(units()[done] as number));
      }
      return done === total();
    },
    progress() {
      const best = soFar().families[0];
      return {
        done,
        total: total(),
        best: best === undefined ? null : candidateOf(estimator, best.layout),
      };
    },
    snapshot: () => ({
      fingerprint: fingerprintOf(plan, asked),
      options: asked,
      shard,
      done,
      total: total(),
      findings: soFar(),
    }),
    result: () =>
      resultOf(plan, asked, estimator, {findings: soFar(), isWhole: shard.of === 1 && done === total()}),
  };
}

function candidateOf(estimator: Estimator, layout: Layout): Candidate {
  return {layout, estimate: estimator.step(layout)};
}

/** Families besides the best one's. */
function keptAlternatives({alternatives = 5}: SearchOptions): number {
  return alternatives;
}

function resultOf(
  plan: Plan,
  options: SearchOptions,
  estimator: Estimator,
  {findings, isWhole}: {readonly findings: Findings; readonly isWhole: boolean},
): SearchResult {
  const candidate = ({layout}: {readonly layout: Layout}) => candidateOf(estimator, layout);
  const kept = keptAlternatives(options);
  const [best, ...alternatives] = [...findings.families]
    .sort(compareTimed)
    .slice(0, kept + 1)
    .map(candidate);
  const pareto = kept === 0 ? [] : frontPoints(findings.front).map(candidate);
  const {evaluated, excludedByMemory, excludedByBound} = findings;
  const answered = [...(best === undefined ? [] : [best]), ...alternatives, ...pareto];
  return {
    best: best ?? null,
    alternatives,
    pareto,
    rejected: findings.rejected,
    counts: {
      space: isWhole
        ? evaluated + excludedByMemory + excludedByBound
        : provenSpace(plan, options, kept, tablesOf(plan)).size,
      evaluated,
      excludedByMemory,
      excludedByBound,
    },
    optimal: isWhole,
    certificate: kept === 0 || best === undefined ? null : certify(plan, answered),
    smallest: best === undefined && findings.least !== null ? candidate(findings.least) : null,
  };
}
