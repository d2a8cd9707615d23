import type {Flop} from '../units/quantities.js';

/** Choices of a time-aware law; null: derived from the machine and the time. */
export interface Scaling {
  /** Sizes of the model, total parameters. */
  readonly parameters: readonly number[] | null;
  /** Sequences of one optimizer step, over all replicas. */
  readonly globalBatch: readonly number[] | null;
  /** Hidden size over number of layers; null: that of the plan's model. */
  readonly hiddenPerLayer: number | null;
  /** FLOP of the whole training run, in addition to or instead of a deadline or a budget. */
  readonly flop: Flop | null;
  /** Tokens that the model is expected to read and write once it is trained; null: none are counted. */
  readonly inferenceTokens: number | null;
}

/** Values of the DiLoCo outer loop that the planner may choose from. */
export interface DilocoChoices {
  readonly replicas: readonly number[];
  readonly innerSteps: readonly number[];
  readonly fragments: readonly number[];
}
