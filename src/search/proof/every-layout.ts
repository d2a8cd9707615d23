import {StepTables} from '../../pipeline/tables/step-tables.js';
import type {Plan} from '../../plan/plan.js';
import {type Collector, type EvaluatedStep, noCounts} from '../walk/collector.js';
import {searchContext} from '../walk/search-context.js';
import {walkDegrees} from '../walk/walk-degrees.js';
import {degreesSpaces} from './proven-space.js';

/** Every layout that a plan leaves open, timed. */
export interface ExhaustiveResult {
  readonly layouts: number;
  /** Step of the fastest layout that fits, seconds; null where none does. */
  readonly bestSeconds: number | null;
}

/**
 * Times every layout of a space with its memory and all parts of its step, whether it fits or not: what a
 * search is measured against.
 */
export function timeEveryLayout(plan: Plan): ExhaustiveResult {
  const context = searchContext(plan, 'p50', new StepTables(plan));
  const every = new EveryLayout(context.usableBytes);
  for (const space of degreesSpaces(plan)) walkDegrees({...context, usableBytes: Infinity}, space, every);
  const {counts, bestSeconds} = every;
  return {layouts: counts.evaluated, bestSeconds: bestSeconds === Infinity ? null : bestSeconds};
}

/** Keeps the time of the fastest layout that fits, and prunes nothing. */
class EveryLayout implements Collector {
  readonly counts = noCounts();
  readonly oom = null;
  bestSeconds = Infinity;

  constructor(private readonly usableBytes: number) {}

  isPruned(): boolean {
    return false;
  }

  record({seconds, neededBytes}: EvaluatedStep): void {
    if (neededBytes <= this.usableBytes && seconds < this.bestSeconds) this.bestSeconds = seconds;
  }
}
