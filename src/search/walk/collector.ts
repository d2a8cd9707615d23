import type {StepParts} from '../../cost/step.js';
import type {Layout} from '../../layout/layout.js';
import type {OomLayouts} from './oom-layouts.js';

/** Lower bounds of what the layouts of a part of a space take. */
export interface StepBound {
  /** A step by its estimate, before the risk factor. */
  readonly seconds: number;
  /** Part of `seconds` in which the device computes. */
  readonly computeSeconds: number;
  /** Memory of the fullest stage, in the allocator and outside it. */
  readonly neededBytes: number;
}

/** What one layout takes. */
export interface EvaluatedStep {
  /** Sum of `parts`. */
  readonly seconds: number;
  readonly parts: StepParts;
  readonly peakBytes: number;
  readonly neededBytes: number;
}

/** Layouts by what became of them. */
export interface LayoutCounts {
  evaluated: number;
  excludedByMemory: number;
  excludedByBound: number;
}

/** Counts of a walk that has not begun. */
export function noCounts(): LayoutCounts {
  return {evaluated: 0, excludedByMemory: 0, excludedByBound: 0};
}

/**
 * Purpose of a walk over layouts: it prunes by what was found before and records what is found.
 *
 * A collector with another objective makes another search of the same walk.
 */
export interface Collector {
  /** Kept up by the walk. */
  readonly counts: LayoutCounts;
  /** Layouts out of memory; null where they are not asked for. */
  readonly oom: OomLayouts | null;
  /** True if no layout within `bound` can be in the answer. @param riskFactor of these layouts */
  isPruned(bound: StepBound, riskFactor: number): boolean;
  /** Records a layout that fits. */
  record(step: EvaluatedStep, riskFactor: number, layout: () => Layout): void;
}
