import type {Flop} from '../units/quantities.js';

/** What a time-aware law may choose from, where the plan says so; null: it follows from the machine and the time. */
export interface Scaling {
  /** Sizes of the model, total parameters. */
  readonly parameters: readonly number[] | null;
  /** Sequences of one optimizer step, over all replicas. */
  readonly globalBatch: readonly number[] | null;
  /** Hidden size over number of layers; null: that of the plan's model. */
  readonly hiddenPerLayer: number | null;
  /** Of the whole training, besides or instead of a deadline or a budget. */
  readonly flop: Flop | null;
  /** Tokens that the model is expected to read and write once it is trained; null: none are counted. */
  readonly inferenceTokens: number | null;
}

/** Values of the outer level that the planner may choose from. */
export interface DilocoChoices {
  readonly replicas: readonly number[];
  readonly innerSteps: readonly number[];
  readonly fragments: readonly number[];
}
