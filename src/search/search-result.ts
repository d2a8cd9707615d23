import type {Layout} from '../layout/layout.js';
import type {StepEstimate} from '../pipeline/estimate.js';
import type {Risk} from '../units/band.js';
import type {Rejection} from './rejections.js';

/** A layout with what it takes. */
export interface Candidate {
  readonly layout: Layout;
  readonly estimate: StepEstimate;
}

/**
 * space = evaluated + excludedByMemory + excludedByBound for a search that ran to its end. Layouts are held
 * against what is answered in the end, so that neither a seed nor a split changes the counts.
 */
export interface SearchCounts {
  readonly space: number;
  readonly evaluated: number;
  readonly excludedByMemory: number;
  readonly excludedByBound: number;
}

/** How the closed forms of the layouts that were answered compare with the simulation by events. */
export interface SimulationCheck {
  /** Layouts that were simulated: the best, the runners-up and those of the front. */
  readonly simulated: number;
  /** Step by the closed form over the simulated one, minus 1, of the layout where it is furthest from 0. */
  readonly largestDifference: number;
}

/** The answer of a search with what it can prove about it. */
export interface SearchResult {
  readonly best: Candidate | null;
  /** Best layout for each other combination of degrees, fastest first. */
  readonly alternatives: readonly Candidate[];
  /**
   * The front of step time against memory, fastest first: for each twentieth of a device's memory the
   * fastest layout that needs no more, where it is not also the fastest that may take more.
   */
  readonly pareto: readonly Candidate[];
  readonly rejected: readonly Rejection[];
  readonly counts: SearchCounts;
  /** Every layout of the space was evaluated or excluded for a proved reason. */
  readonly optimal: boolean;
  /** Null where no runners-up are asked for, and where nothing fits. */
  readonly simulationCheck: SimulationCheck | null;
  /** The layout that needs least memory, where none fits; null where one does or the space is empty. */
  readonly smallest: Candidate | null;
}

/** What of the answer is wanted. */
export interface SearchOptions {
  /** Number of runners-up, 5 if absent; 0: the best alone, no front, no simulation check. */
  readonly alternatives?: number;
  /** Whether layouts are ranked by the estimate or by the pessimistic end of its band. */
  readonly risk?: Risk;
  /** A layout that is likely near the best, such as that of a similar plan: the search is sooner done, its answer the same. */
  readonly seed?: Layout;
  /** The part of the space that is searched. */
  readonly shard?: SearchShard;
}

/** One of `of` parts of a space. */
export interface SearchShard {
  /** Index of the part, 0 to `of` - 1. */
  readonly index: number;
  readonly of: number;
}

/** Time and threads of a search; seconds are null if the answer must not depend on the clock. */
export interface SearchTiming {
  readonly seconds: number | null;
  readonly threads: number;
}
