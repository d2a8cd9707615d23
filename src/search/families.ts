import type {Layout} from '../layout/layout.js';

/** A layout as the search compares it. */
export interface Timed {
  readonly layout: Layout;
  /** Of one step. */
  readonly seconds: number;
  /** Of the fullest stage. */
  readonly peakBytes: number;
}

/** Layouts of one family differ only in settings; runners-up come from other families. */
export function familyKey(layout: Layout): string {
  return `${layout.tensor} ${layout.pipeline} ${layout.context} ${layout.expert}`;
}

/**
 * Faster first; of two that are equally fast the one with less memory, then the one with less
 * parallelism inside the model. The order is total, so that a search has one answer.
 */
export function compareTimed(a: Timed, b: Timed): number {
  return (
    a.seconds - b.seconds ||
    a.peakBytes - b.peakBytes ||
    a.layout.tensor - b.layout.tensor ||
    a.layout.pipeline - b.layout.pipeline ||
    a.layout.virtualStages - b.layout.virtualStages ||
    a.layout.microBatch - b.layout.microBatch ||
    settingsKey(a.layout).localeCompare(settingsKey(b.layout), 'en')
  );
}

function settingsKey({sequenceParallel, sharding, recompute, offload}: Layout): string {
  return JSON.stringify([sequenceParallel, sharding, recompute, offload]);
}
