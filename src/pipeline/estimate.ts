import type {Cluster} from '../cluster/cluster.js';
import type {MemoryEstimate} from '../cost/memory/memory.js';
import type {StepParts} from '../cost/step.js';
import type {Layout} from '../layout/layout.js';
import type {Training} from '../layout/training.js';
import type {Transformer} from '../model/transformer.js';
import type {Seconds} from '../units/quantities.js';
import type {BeyondMeasured} from './beyond-measured.js';
import {makeEstimator} from './estimator.js';

/** One training step of one layout on one cluster: how long, made of what, in how much memory. */
export interface StepEstimate {
  /** The sum of the parts. */
  readonly seconds: Seconds;
  readonly parts: StepParts;
  readonly memory: MemoryEstimate;
  /** Micro-batches that each data rank works through. */
  readonly numMicrobatches: number;
  /** First of the stages that take longest for a micro-batch. */
  readonly slowestStage: number;
  /** In what it is unlike the runs that its stack was fitted to. */
  readonly beyond: readonly BeyondMeasured[];
}

/** What an estimate is of. The layout holds its invariants: see `layoutProblems`. */
export interface StepSubject {
  readonly model: Transformer;
  readonly cluster: Cluster;
  readonly training: Training;
  readonly layout: Layout;
}

/**
 * Estimates one step by closed forms.
 *
 * @returns null where the device has no mode for the precision
 */
export function estimateStep({model, cluster, training, layout}: StepSubject): StepEstimate | null {
  const estimator = makeEstimator(model, cluster, training);
  return estimator === null ? null : estimator.step(layout);
}
