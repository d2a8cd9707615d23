import type {Seconds} from '../../units/quantities.js';

/** What a checkpoint costs, and how often failures come. */
export interface CheckpointTrade {
  /** Training stands still for this long. */
  readonly pauseSeconds: number;
  /** Mean time between failures of the whole job. */
  readonly meanTimeBetweenFailures: number;
}

/**
 * Training time between checkpoints that loses least: Young's first-order optimum.
 *
 * @see Young 1974, "A first order approximation to the optimum checkpoint interval" (recalled)
 */
export function youngInterval({pauseSeconds, meanTimeBetweenFailures}: CheckpointTrade): Seconds {
  return Math.sqrt(2 * pauseSeconds * meanTimeBetweenFailures) as Seconds;
}

/**
 * The same to higher order, which holds where a pause is no longer short against the time between failures.
 *
 * @see Daly 2006, "A higher order estimate of the optimum checkpoint interval for restart dumps", eq. 37 (recalled)
 */
export function dalyInterval({pauseSeconds, meanTimeBetweenFailures}: CheckpointTrade): Seconds {
  if (pauseSeconds >= 2 * meanTimeBetweenFailures) return meanTimeBetweenFailures as Seconds;
  const ratio = pauseSeconds / (2 * meanTimeBetweenFailures);
  const young = youngInterval({pauseSeconds, meanTimeBetweenFailures});
  return (young * (1 + Math.sqrt(ratio) / 3 + ratio / 9) - pauseSeconds) as Seconds;
}
