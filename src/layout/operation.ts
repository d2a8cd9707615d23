import type {BytesPerSecond, Seconds, UsdPerSecond, Watts} from '../units/quantities.js';

/** How a run is operated: what happens beside its steps, and what a device and its energy cost. */
export interface Operation {
  /** From the start of the job to steps at full speed: loading, compiling, first slow steps. Once; a restart has its own time. */
  readonly warmUp: Seconds;
  readonly evaluation: Evaluation | null;
  readonly checkpoint: CheckpointPolicy;
  /** Null: none are counted. */
  readonly failures: Failures | null;
  readonly stragglers: Stragglers | null;
  /** Null: devices are paid on demand and stay. */
  readonly spot: Spot | null;
  readonly site: SiteCosts;
}

/** Training stands still while the model is evaluated. */
export interface Evaluation {
  readonly everySteps: number;
  readonly seconds: Seconds;
}

export const checkpointModes = ['blocking', 'asynchronous'] as const;

export interface CheckpointPolicy {
  /** Asynchronous: steps stop for the copy to the host's memory only, and the write goes on beside them. */
  readonly mode: (typeof checkpointModes)[number];
  /** Of all nodes together to storage; null: nobody says. */
  readonly bandwidth: BytesPerSecond | null;
  /** Training time from one checkpoint to the next; auto: the best one. */
  readonly every: Seconds | 'auto';
}

/** Failures that stop the whole job, at a constant rate. */
export interface Failures {
  /** Of one device: the rate of the job is the number of devices over this. */
  readonly meanTimeBetweenFailures: Seconds;
  /** Standard deviation of the logarithm of that time: how unsure it is. */
  readonly logSpread: number;
  /** Where the time comes from, in words; null: the plan states it. */
  readonly source: string | null;
  readonly detection: Seconds;
  /** From the detection of a failure to the first step, reading the checkpoint included. */
  readonly restart: Seconds;
  readonly spares: Spares | null;
}

/** Nodes that stand by for failed ones. Without this record another node is always at hand. */
export interface Spares {
  readonly nodes: number;
  /** Until a failed node is back. */
  readonly repair: Seconds;
  /** Share of failures that take a node away. */
  readonly nodeShare: number;
}

/** Devices and nodes that are slower than the others; a synchronous step waits for the slowest. */
export interface Stragglers {
  /** Standard deviation of a device's step time over its mean. */
  readonly jitter: number;
  /** Share of nodes that are slow, and how much longer they take: 0.1 is a tenth. */
  readonly slowNodes: number;
  readonly slowdown: number;
}

/** Devices that are cheaper and may be taken away. */
export interface Spot {
  /** Of one device. */
  readonly price: UsdPerSecond;
  /** Of one device; each interruption stops the job as a failure does. */
  readonly meanTimeBetweenInterruptions: Seconds;
}

/** Null: nobody says. */
export interface SiteCosts {
  /** Of the host, for each of its devices. */
  readonly hostPower: Watts | null;
  /** Power of the site over the power of its computers. */
  readonly pue: number | null;
  readonly gridCarbonKgPerJoule: number | null;
  readonly energyPriceUsdPerJoule: number | null;
}
