import {layoutFieldNames, unusualChoices} from '../layout/fields.js';
import type {Layout} from '../layout/layout.js';

/** A layout with the figures that rank it. */
export interface RankedLayout {
  readonly layout: Layout;
  /** Step time at the risk that is asked for. */
  readonly seconds: number;
  /** Peak memory of the fullest stage. */
  readonly peakBytes: number;
}

/** Key of the degrees of a layout. Runners-up differ in it. */
export function degreesKey(layout: Pick<Layout, 'tensor' | 'pipeline' | 'context' | 'expert'>): string {
  return `${layout.tensor} ${layout.pipeline} ${layout.context} ${layout.expert}`;
}

/**
 * Faster first; of two that are equally fast the one with fewer unusual choices, then the one with less
 * memory. The order is total, so that a search has one answer.
 */
export function compareRanked(a: RankedLayout, b: RankedLayout): number {
  return (
    a.seconds - b.seconds ||
    unusualChoices(a.layout) - unusualChoices(b.layout) ||
    a.peakBytes - b.peakBytes ||
    compareLayouts(a.layout, b.layout)
  );
}

/** Less parallelism inside the model first, then by all settings: a total order of layouts. */
export function compareLayouts(a: Layout, b: Layout): number {
  return (
    a.tensor - b.tensor ||
    a.pipeline - b.pipeline ||
    a.context - b.context ||
    a.expert - b.expert ||
    a.virtualStages - b.virtualStages ||
    a.microBatch - b.microBatch ||
    compareWords(settingsKey(a), settingsKey(b))
  );
}

function compareWords(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Fields that are compared as words once the compared degrees are equal. */
const settings = layoutFieldNames.filter(
  name => !['tensor', 'pipeline', 'context', 'expert', 'virtualStages', 'microBatch'].includes(name),
);

/** Compared as text: sequence parallelism makes the key smaller. */
function settingsKey(layout: Layout): string {
  return JSON.stringify(settings.map(name => (name === 'sequenceParallel' ? !layout[name] : layout[name])));
}
