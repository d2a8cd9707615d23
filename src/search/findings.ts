import {compareLayouts, compareRanked, degreesKey, type RankedLayout} from './compare-layouts.js';
import {mergeRejections, type Rejection} from './rejections.js';

/** What the visit of a part of a space found, in a form that joins with that of any other part. Plain data. */
export interface Findings {
  readonly evaluated: number;
  readonly excludedByMemory: number;
  readonly excludedByBound: number;
  /** Best layout for each combination of degrees, as far as it can be in the answer. */
  readonly bestByDegrees: readonly RankedLayout[];
  /** Best that needs no more memory than each level of the front, from the lowest; null: none was found. */
  readonly front: readonly (RankedLayout | null)[];
  readonly rejected: readonly Rejection[];
  /** Layout out of memory that needs least; recorded only if none fits. */
  readonly least: LeastMemory | null;
}

export interface LeastMemory {
  readonly layout: RankedLayout['layout'];
  readonly neededBytes: number;
}

/** Findings of a space without layouts. */
export const noFindings: Findings = {
  evaluated: 0,
  excludedByMemory: 0,
  excludedByBound: 0,
  bestByDegrees: [],
  front: [],
  rejected: [],
  least: null,
};

/** The same whatever the order and the grouping in which parts are joined. */
export function joinFindings(a: Findings, b: Findings): Findings {
  return {
    evaluated: a.evaluated + b.evaluated,
    excludedByMemory: a.excludedByMemory + b.excludedByMemory,
    excludedByBound: a.excludedByBound + b.excludedByBound,
    bestByDegrees: joinByDegrees(a.bestByDegrees, b.bestByDegrees),
    front: Array.from({length: Math.max(a.front.length, b.front.length)}, (_, level) =>
      faster(a.front[level] ?? null, b.front[level] ?? null),
    ),
    rejected: mergeRejections(a.rejected, b.rejected),
    least: lessMemory(a.least, b.least),
  };
}

function joinByDegrees(a: readonly RankedLayout[], b: readonly RankedLayout[]): readonly RankedLayout[] {
  const best = new Map<string, RankedLayout>();
  for (const timed of [...a, ...b]) {
    const key = degreesKey(timed.layout);
    const known = best.get(key);
    if (known === undefined || compareRanked(timed, known) < 0) best.set(key, timed);
  }
  return [...best.values()].sort(compareRanked);
}

/** The better of two, where there are any. */
export function faster(a: RankedLayout | null, b: RankedLayout | null): RankedLayout | null {
  if (a === null || b === null) return a ?? b;
  return compareRanked(b, a) < 0 ? b : a;
}

/** The one that needs less; of two alike the one that comes first by its own settings. */
export function lessMemory(a: LeastMemory | null, b: LeastMemory | null): LeastMemory | null {
  if (a === null || b === null) return a ?? b;
  const difference = b.neededBytes - a.neededBytes || compareLayouts(b.layout, a.layout);
  return difference < 0 ? b : a;
}
