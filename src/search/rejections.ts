import type {StageMemory} from '../cost/memory/memory.js';
import type {Layout} from '../layout/layout.js';
import {compareLayouts} from './compare-layouts.js';

/** Layouts out of memory for one reason, with the one that came closest to fitting. */
export interface Rejection {
  /** Part that fills most of the memory. */
  readonly largestPart: keyof StageMemory;
  readonly count: number;
  readonly example: RejectedLayout;
}

export interface RejectedLayout {
  readonly layout: Layout;
  readonly neededBytes: number;
  readonly capacityBytes: number;
}

/** Both lists as one. */
export function mergeRejections(a: readonly Rejection[], b: readonly Rejection[]): readonly Rejection[] {
  const merged = new Map(a.map(rejection => [rejection.largestPart, rejection]));
  for (const rejection of b) {
    const known = merged.get(rejection.largestPart);
    merged.set(rejection.largestPart, known === undefined ? rejection : joined(known, rejection));
  }
  return mostFrequentFirst([...merged.values()]);
}

function joined(a: Rejection, b: Rejection): Rejection {
  const closer =
    b.example.neededBytes - a.example.neededBytes || compareLayouts(b.example.layout, a.example.layout);
  return {...a, count: a.count + b.count, example: closer < 0 ? b.example : a.example};
}

/** Rejections in the order in which they are shown. */
export function mostFrequentFirst(rejections: readonly Rejection[]): readonly Rejection[] {
  return rejections.toSorted((a, b) => b.count - a.count || (a.largestPart < b.largestPart ? -1 : 1));
}
