import type {Layout} from '../../layout/layout.js';
import type {RankedLayout} from '../compare-layouts.js';
import {faster} from '../findings.js';
import type {DegreesSpace} from '../space/degrees-space.js';
import {degreesBound} from '../walk/bounds.js';
import {OomLayouts} from '../walk/oom-layouts.js';
import type {SearchContext} from '../walk/search-context.js';
import {walkDegrees} from '../walk/walk-degrees.js';
import {FastestLayouts} from './fastest-layouts.js';
import {Incumbents} from './incumbents.js';

/**
 * First pass over a space, which finds its incumbents: the most promising degrees come first, and those that
 * can hold nothing better are skipped.
 */
export class WarmStart {
  /** The same whatever is visited first, and so is all that they prune. */
  readonly incumbents: Incumbents;
  /** Best layout found so far. */
  best: RankedLayout | null = null;
  private ordered: readonly BoundedSpace[] | null = null;
  private next = 0;

  /** @param numAlternatives number of runners-up in the answer */
  constructor(
    private readonly context: SearchContext,
    private readonly spaces: readonly DegreesSpace[],
    private readonly options: {readonly numAlternatives: number; readonly seed: Layout | null},
  ) {
    this.incumbents = new Incumbents(options.numAlternatives);
  }

  /** Visits the next degrees. @returns whether none are left */
  advance(): boolean {
    this.ordered ??= mostPromisingFirst(this.context, this.spaces, this.options.seed);
    const next = this.ordered[this.next];
    this.next += 1;
    if (next === undefined) return true;
    const incumbents = this.incumbents.ofDegrees(next.space.degrees);
    if (!incumbents.isPruned(next.bound, 0)) {
      const found = new FastestLayouts(incumbents, this.context.usableBytes, new OomLayouts(0, false));
      walkDegrees(this.context, next.space, found);
      this.incumbents.record(found.best, found.front);
      this.best = faster(this.best, found.best);
    }
    return this.next >= this.ordered.length;
  }
}

/** Degrees with the lower bound of their ranked steps, seconds. */
export interface BoundedSpace {
  readonly space: DegreesSpace;
  readonly bound: number;
}

/** Spaces by their bounds, that of the seed first. */
export function mostPromisingFirst(
  context: SearchContext,
  spaces: readonly DegreesSpace[],
  seed: Layout | null,
): readonly BoundedSpace[] {
  return spaces
    .map(space => ({
      space,
      bound: degreesBound(context, space),
      isSeed: seed !== null && hasDegrees(space, seed),
    }))
    .sort((a, b) => Number(b.isSeed) - Number(a.isSeed) || a.bound - b.bound);
}

function hasDegrees({degrees}: DegreesSpace, layout: Layout): boolean {
  return (
    degrees.tensor === layout.tensor &&
    degrees.pipeline === layout.pipeline &&
    degrees.context === layout.context &&
    degrees.expert === layout.expert &&
    degrees.expertTensor === layout.expertTensor
  );
}
