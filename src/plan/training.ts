import type {Precision} from '../cluster/accelerator.js';
import type {AttentionKernel} from '../frameworks/stack.js';

export const optimizers = [
  'adam',
  'adam-16bit',
  'adam-8bit',
  'adafactor',
  'lion',
  'muon',
  'sgd-momentum',
] as const;
export type Optimizer = (typeof optimizers)[number];

/** Data, batch and numerics of a training run, independent of the layout. */
export interface Training {
  readonly tokens: number;
  /** Tokens of the data set; absent: every token is new. */
  readonly uniqueTokens?: number;
  readonly sequenceLength: number;
  /** Sequences of one optimizer step, over all data ranks. */
  readonly globalBatch: number;
  /** Smaller batches at the start, in order; absent: the global batch from the first step on. */
  readonly batchRamp?: readonly RampStage[];
  readonly precision: Precision;
  readonly optimizer: Optimizer;
  /** Null: the default of the stack. */
  readonly attentionKernel: AttentionKernel | null;
  /** Bytes of an accumulated gradient element; null: the default of the stack. */
  readonly gradientBytes: 2 | 4 | null;
  /** Bytes of the DiLoCo outer optimizer per parameter on a device; absent: none. */
  readonly outerStateBytes?: number;
  /** Tokens of the most loaded expert rank over the mean; 1: a balanced router. */
  readonly expertImbalance: number;
}

/** A stretch at the start of training with a batch of its own. */
export interface RampStage {
  /** Tokens seen when the stage ends. */
  readonly until: number;
  readonly globalBatch: number;
}
