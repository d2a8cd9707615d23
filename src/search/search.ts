import {allocatedBytes, usableBytes} from '../cost/memory/memory.js';
import {stepSeconds} from '../cost/step.js';
import type {Layout} from '../layout/layout.js';
import type {Plan} from '../layout/plan.js';
import type {StepEstimate} from '../pipeline/estimate.js';
import {type Estimator, makeEstimator} from '../pipeline/estimator.js';
import {compareTimed, familyKey, type Timed} from './families.js';
import {type Rejection, rejectionTally} from './rejections.js';
import {layoutSpace} from './space.js';

/** A layout with what it takes. */
export interface Candidate {
  readonly layout: Layout;
  readonly estimate: StepEstimate;
}

/** space = evaluated + excludedByMemory + excludedByBound for a search that ran to its end. */
export interface SearchCounts {
  readonly space: number;
  readonly evaluated: number;
  readonly excludedByMemory: number;
  readonly excludedByBound: number;
}

/** The answer of a search with what it can prove about it. */
export interface SearchResult {
  readonly best: Candidate | null;
  /** The best of each other family of layouts, fastest first. */
  readonly alternatives: readonly Candidate[];
  readonly rejected: readonly Rejection[];
  readonly counts: SearchCounts;
  /** Every layout of the space was evaluated or excluded for a proved reason. */
  readonly optimal: boolean;
  /** The layout that needs least memory, where none fits; null where one does or the space is empty. */
  readonly smallest: Candidate | null;
}

/** What of the answer is wanted. */
export interface SearchOptions {
  /** Families besides the best one's that are kept. */
  readonly alternatives?: number;
}

/**
 * Looks at every layout that the plan leaves open and returns the fastest that fits.
 *
 * Memory is checked before time; a layout whose busiest stage alone takes longer than what is already
 * found is not timed further. On a given cluster the fastest layout is also the cheapest and the
 * one of least energy, as all devices run for the whole of it.
 *
 * @returns null where the cluster's device has no mode for the plan's precision
 */
export function searchLayouts(plan: Plan, options: SearchOptions = {}): SearchResult | null {
  const estimator = makeEstimator(plan.model, plan.cluster, plan.training);
  if (estimator === null) return null;
  const kept = options.alternatives ?? 5;
  const found = visitSpace(plan, estimator, kept);
  const candidate = (layout: Layout): Candidate => ({layout, estimate: estimator.step(layout)});
  const [best, ...others] = [...found.families.values()]
    .sort(compareTimed)
    .slice(0, kept + 1)
    .map(({layout}) => candidate(layout));
  return {
    best: best ?? null,
    alternatives: others,
    rejected: found.rejected,
    counts: found.counts,
    optimal: true,
    smallest: best === undefined && found.smallest !== null ? candidate(found.smallest) : null,
  };
}

interface Visited {
  /** Best layout of each family. */
  readonly families: ReadonlyMap<string, Timed>;
  readonly rejected: readonly Rejection[];
  readonly counts: SearchCounts;
  readonly smallest: Layout | null;
}

function visitSpace(plan: Plan, estimator: Estimator, kept: number): Visited {
  const families = new Map<string, Timed>();
  const tally = rejectionTally(plan.cluster.accelerator.memory);
  const usable = usableBytes(plan.cluster);
  let space = 0;
  let evaluated = 0;
  let excludedByBound = 0;
  let least: {readonly layout: Layout; readonly peakBytes: number} | null = null;
  let limit = Infinity;
  for (const layout of layoutSpace(plan)) {
    space += 1;
    const fullest = estimator.fullestStage(layout);
    const peakBytes = allocatedBytes(fullest);
    const outside = estimator.outsideBytes(layout);
    if (peakBytes > usable - outside) {
      tally.add(layout, fullest, peakBytes + outside);
      if (least === null || peakBytes < least.peakBytes) least = {layout, peakBytes};
      continue;
    }
    const family = familyKey(layout);
    const known = families.get(family);
    // Neither among the families that are kept, nor better than the best of its own.
    const bound = estimator.boundSeconds(layout);
    if (bound > limit || (known !== undefined && bound > known.seconds)) {
      excludedByBound += 1;
      continue;
    }
    evaluated += 1;
    const timed = {layout, seconds: stepSeconds(estimator.parts(layout)), peakBytes};
    if (known === undefined || compareTimed(timed, known) < 0) {
      families.set(family, timed);
      limit = secondsOfRank(families, kept);
    }
  }
  return {
    families,
    rejected: tally.list(),
    counts: {space, evaluated, excludedByMemory: space - evaluated - excludedByBound, excludedByBound},
    smallest: least === null ? null : least.layout,
  };
}

/** Step time of the family that is `rank` from the best; no bound while there are fewer. */
function secondsOfRank(families: ReadonlyMap<string, Timed>, rank: number): number {
  if (families.size <= rank) return Infinity;
  const seconds = [...families.values()].map(timed => timed.seconds).sort((a, b) => a - b);
  return seconds[rank] as number;
}
