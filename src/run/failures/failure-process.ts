/** Failures of a job and what each of them costs, in seconds. */
export interface FailureProcess {
  /** Mean of the whole job; Infinity: it never fails. */
  readonly meanTimeBetweenFailures: number;
  /** Training time between checkpoints; Infinity: only the last state is written. */
  readonly interval: number;
  /** Training stands still for a checkpoint. */
  readonly pause: number;
  /** Time from a failure to the next step; a failure within it starts it again. */
  readonly restart: number;
  readonly spares: SparePool | null;
}

/** Nodes that stand by, and how long a failed one stays away. */
export interface SparePool {
  readonly nodes: number;
  readonly repair: number;
  /** Share of failures that take a node away. */
  readonly nodeShare: number;
}
