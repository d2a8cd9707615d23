/** Expected wall-clock of a run by what it goes to, seconds; the parts add up to `RunEstimate.expectedSeconds`. */
export interface RunParts {
  /** Steps on equal devices: what counts. */
  readonly steps: number;
  /** Waiting of steps for the slowest device. */
  readonly stragglers: number;
  /** Reductions between DiLoCo's replicas that no step hides. */
  readonly outer: number;
  readonly warmUp: number;
  readonly evaluation: number;
  readonly checkpoints: number;
  /** Work done again after failures. */
  readonly lostWork: number;
  readonly restarts: number;
  /** For a node, with all spares in use. */
  readonly waiting: number;
}
