import type {Link} from '../plan/plan.js';
import type {Bytes, Seconds} from '../units/quantities.js';

const bitsPerByte = 8;

/** A reduction of parameters over replicas. */
export interface OuterReduction {
  readonly parameters: number;
  readonly replicas: number;
  /** Bits of an element on the link. */
  readonly bits: number;
}

/** What one replica sends, and receives, in a ring all-reduce: 2 (M - 1) / M of the model; nothing where M is 1. */
export function outerTraffic({parameters, replicas, bits}: OuterReduction): Bytes {
  return ((((2 * (replicas - 1)) / replicas) * parameters * bits) / bitsPerByte) as Bytes;
}

/** Time of the all-reduce without latency, both directions of the link in use. */
export function outerReductionSeconds(reduction: OuterReduction, link: Link): Seconds {
  return (outerTraffic(reduction) / link.bandwidth) as Seconds;
}

/** Latency of the 2 (M - 1) messages that follow one another in a ring. */
export function outerLatencySeconds({replicas}: OuterReduction, link: Link): Seconds {
  return (2 * (replicas - 1) * link.latency) as Seconds;
}
