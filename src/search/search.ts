import type {Layout} from '../layout/layout.js';
import {Estimator, makeEstimator} from '../pipeline/estimate.js';
import {StepTables} from '../pipeline/tables/step-tables.js';
import type {Plan} from '../plan/plan.js';
import {compareRanked} from './compare-layouts.js';
import {type Findings, joinFindings, noFindings} from './findings.js';
import {frontPoints, type IncumbentTimes} from './proof/incumbents.js';
import {countLayouts, ProvenSpace} from './proof/proven-space.js';
import type {Candidate, SearchOptions, SearchResult, SearchShard} from './search-result.js';
import {checkBySimulation} from './simulation-check.js';
import {fingerprintOf, mergeProblem, type SearchSnapshot, snapshotProblem} from './snapshot.js';

export interface SearchProgress {
  /** Parts of the space. */
  readonly done: number;
  readonly total: number;
  /** Best candidate among the layouts evaluated so far. */
  readonly best: Candidate | null;
}

/**
 * Fastest layout that fits, of all that the plan leaves open.
 *
 * Memory is checked before time; layouts that a bound shows to be slower than an incumbent are not timed.
 */
export function searchLayouts(plan: Plan, options: SearchOptions = {}): SearchResult {
  const search = startSearch(plan, options);
  search.advance(Infinity);
  return search.result();
}

/** Degrees that the warm start of a search visits: all, or those of its own shard where workers share it. */
export type WarmStartScope = 'whole' | 'shard';

/**
 * A search that has visited nothing yet. Its first step costs most where `warmStart` was not called: it finds
 * the times of the best layouts, which prune all parts of the space, so that what a part yields does not
 * depend on the others.
 */
export function startSearch(
  plan: Plan,
  options: SearchOptions = {},
  scope: WarmStartScope = 'whole',
): Search {
  return new Search(plan, options, {done: 0, findings: noFindings}, scope);
}

/** Resumes a snapshot of the same plan with its options. Throws for another plan's: see `snapshotProblem`. */
export function resumeSearch(plan: Plan, snapshot: SearchSnapshot): Search {
  const problem = snapshotProblem(plan, snapshot);
  if (problem !== null) throw new Error(`a snapshot cannot be resumed: ${problem}`);
  const options = {...snapshot.options, shard: snapshot.shard};
  return new Search(plan, options, snapshot, 'whole');
}

/** The answer of all shards together, equal to that of one search. Throws where one is missing: see `mergeProblem`. */
export function mergeSnapshots(plan: Plan, snapshots: readonly SearchSnapshot[]): SearchResult {
  const problem = mergeProblem(plan, snapshots);
  const [first] = snapshots;
  if (problem !== null || first === undefined) throw new Error(`shards cannot be merged: ${problem}`);
  const findings = snapshots.map(snapshot => snapshot.findings).reduce(joinFindings, noFindings);
  return resultOf(plan, first.options, makeEstimator(plan), {findings, isWhole: true});
}

const wholeSpace: SearchShard = {index: 0, of: 1};

/** A search in steps, which can be suspended after each. */
export class Search {
  private readonly options: Omit<SearchOptions, 'shard'>;
  private readonly shard: SearchShard;
  private readonly warmStartShard: SearchShard;
  private readonly tables: StepTables;
  private readonly estimator: Estimator;
  private done: number;
  private findings: Findings;
  private lazySpace: ProvenSpace | null = null;
  private lazyUnits: readonly number[] | null = null;

  constructor(
    private readonly plan: Plan,
    {shard = wholeSpace, ...options}: SearchOptions,
    {done, findings}: Pick<SearchSnapshot, 'done' | 'findings'>,
    scope: WarmStartScope,
  ) {
    this.options = options;
    this.shard = shard;
    this.warmStartShard = scope === 'shard' ? shard : wholeSpace;
    this.tables = new StepTables(plan);
    this.estimator = new Estimator(this.tables);
    this.done = done;
    this.findings = findings;
  }

  private get space(): ProvenSpace {
    const {risk = 'p50', seed = null} = this.options;
    this.lazySpace ??= new ProvenSpace(this.plan, this.tables, {
      risk,
      seed,
      numAlternatives: numAlternatives(this.options),
      warmStartShard: this.warmStartShard,
    });
    return this.lazySpace;
  }

  private get units(): readonly number[] {
    this.lazyUnits ??= this.space.units(this.shard);
    return this.lazyUnits;
  }

  private get isDone(): boolean {
    return this.done === this.units.length;
  }

  /**
   * Runs one more step of the warm start, whose incumbents prune all visits. When several workers share the
   * warm start, `setIncumbents` ends it.
   *
   * @returns whether visits can begin
   */
  warmStart(): boolean {
    return this.isDone || this.space.warmStart();
  }

  /** What the warm start found. */
  incumbents(): IncumbentTimes {
    return this.space.incumbents();
  }

  /** Prunes by what the warm starts of all workers found. */
  setIncumbents(found: readonly IncumbentTimes[]): void {
    this.space.setIncumbents(found);
  }

  /** Visits up to `maxUnits` more parts of the space. @returns whether all were visited */
  advance(maxUnits: number): boolean {
    const end = Math.min(this.units.length, this.done + maxUnits);
    for (; this.done < end; this.done += 1) {
      this.findings = joinFindings(this.findings, this.space.visit(this.units[this.done] as number));
    }
    return this.isDone;
  }

  progress(): SearchProgress {
    const [best] = this.bestSoFar().bestByDegrees;
    return {
      done: this.done,
      total: this.units.length,
      best: best === undefined ? null : candidateOf(this.estimator, best.layout),
    };
  }

  snapshot(): SearchSnapshot {
    const {plan, options, shard, done} = this;
    return {
      fingerprint: fingerprintOf(plan, options),
      options,
      shard,
      done,
      total: this.units.length,
      findings: this.bestSoFar(),
    };
  }

  /** Answer of what was visited so far; optimal once all of an undivided space was. */
  result(): SearchResult {
    const isWhole = this.shard.of === 1 && this.isDone;
    return resultOf(this.plan, this.options, this.estimator, {findings: this.bestSoFar(), isWhole});
  }

  /** Findings; those of a search that is suspended early hold the best of the warm start. */
  private bestSoFar(): Findings {
    const {findings} = this;
    const best = findings.bestByDegrees.length > 0 || this.isDone ? null : this.space.bestSoFar();
    return best === null ? findings : {...findings, bestByDegrees: [best]};
  }
}

function candidateOf(estimator: Estimator, layout: Layout): Candidate {
  return {layout, estimate: estimator.step(layout)};
}

/** Number of runners-up in the answer. */
function numAlternatives({alternatives = 5}: SearchOptions): number {
  return alternatives;
}

function resultOf(
  plan: Plan,
  options: SearchOptions,
  estimator: Estimator,
  {findings, isWhole}: {readonly findings: Findings; readonly isWhole: boolean},
): SearchResult {
  const candidate = ({layout}: {readonly layout: Layout}) => candidateOf(estimator, layout);
  const others = numAlternatives(options);
  const [best, ...alternatives] = [...findings.bestByDegrees]
    .sort(compareRanked)
    .slice(0, others + 1)
    .map(candidate);
  const pareto = others === 0 ? [] : frontPoints(findings.front).map(candidate);
  const {evaluated, excludedByMemory, excludedByBound} = findings;
  const answered = [...(best === undefined ? [] : [best]), ...alternatives, ...pareto];
  return {
    best: best ?? null,
    alternatives,
    pareto,
    rejected: findings.rejected,
    counts: {
      space: isWhole ? evaluated + excludedByMemory + excludedByBound : countLayouts(plan),
      evaluated,
      excludedByMemory,
      excludedByBound,
    },
    optimal: isWhole,
    simulationCheck: others === 0 || best === undefined ? null : checkBySimulation(plan, answered),
    smallest: best === undefined && findings.least !== null ? candidate(findings.least) : null,
  };
}
