/** Expected wall-clock of a run by what it goes to, seconds; the parts add up to `RunEstimate.expectedSeconds`. */
export interface RunParts {
  /** Steps on equal devices: what counts. */
  readonly steps: number;
  /** Additional time of the layout that a team runs, where the plan leaves it open. */
  readonly otherLayout: number;
  /** Waiting of steps for the slowest device; with drops of throughput by congestion and heat. */
  readonly stragglers: number;
  /** Reductions between DiLoCo's replicas that no step hides. */
  readonly outer: number;
  readonly warmUp: number;
  readonly evaluation: number;
  readonly checkpoints: number;
  /** Work done again after failures. */
  readonly lostWork: number;
  readonly restarts: number;
  /** Detection and diagnosis by hand, after failures that no restart fixes. */
  readonly diagnosis: number;
  /** Steps done again after spikes of the loss. */
  readonly rollbacks: number;
  /** A first part that is given up. */
  readonly firstPart: number;
  /** Time until the job runs at full speed. */
  readonly slowStarts: number;
  /** For a node, with all spares in use, and for devices that are not given. */
  readonly waiting: number;
}
