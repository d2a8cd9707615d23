import type {BytesPerSecond, Seconds, UsdPerSecond, Watts} from '../units/quantities.js';

/** How a run is operated: everything besides its steps, and the cost of a device and its energy. */
export interface Operation {
  /** Time to the first step at full speed: loading, compiling, slow first steps. Counted once; see `Failures.restart`. */
  readonly warmUp: Seconds;
  readonly evaluation: Evaluation | null;
  readonly checkpoint: CheckpointPolicy;
  /** Null: none are counted. */
  readonly failures: Failures | null;
  readonly stragglers: Stragglers | null;
  /** Null: devices are paid on demand and stay. */
  readonly spot: Spot | null;
  readonly site: SiteCosts;
  /** Clean: the run loses no more than failures at their rate, checkpoints and restarts take. */
  readonly calendar: 'clean' | RunCalendar;
}

/** Losses of real runs besides failures at their rate, by cause. */
export const calendarTerms = [
  'diagnosis',
  'rollbacks',
  'firstPart',
  'slowStarts',
  'throughput',
  'evaluation',
  'waiting',
] as const;
export type CalendarTerm = (typeof calendarTerms)[number];

/** Losses over the time of the clean run, as far as a plan states them. */
export type OwnCalendar = Readonly<Partial<Record<CalendarTerm, number>>>;

export const layoutStandings = ['stated', 'open'] as const;

/** A run as published runs went, with the plan's own figures where it has some. */
export interface RunCalendar {
  readonly own: OwnCalendar;
  /** Stated: the run has the layout of the answer. Open: the plan leaves it to the planner, and the team may run another one. */
  readonly layout: (typeof layoutStandings)[number];
}

/** Training stands still while the model is evaluated. */
export interface Evaluation {
  readonly everySteps: number;
  readonly seconds: Seconds;
}

export const checkpointModes = ['blocking', 'asynchronous'] as const;

export interface CheckpointPolicy {
  /** Asynchronous: steps stop only for the copy to host memory; the write runs concurrently. */
  readonly mode: (typeof checkpointModes)[number];
  /** Bandwidth of all nodes together to storage; null: not specified. */
  readonly bandwidth: BytesPerSecond | null;
  /** Training time from one checkpoint to the next; auto: the best one. */
  readonly every: Seconds | 'auto';
}

/** Failures that stop the whole job, at a constant rate. */
export interface Failures {
  /** Mean time of one device. The failure rate of the job is the number of devices over this. */
  readonly meanTimeBetweenFailures: Seconds;
  /** Uncertainty of the mean time: standard deviation of its logarithm. */
  readonly logSpread: number;
  /** Source of the mean time, in words; null: the plan states it. */
  readonly source: string | null;
  readonly detection: Seconds;
  /** Time between the detection of a failure and the first step, reading the checkpoint included. */
  readonly restart: Seconds;
  readonly spares: Spares | null;
}

/** Nodes that stand by for failed ones. Without this record another node is always at hand. */
export interface Spares {
  readonly nodes: number;
  /** Time until a failed node is back. */
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
  /** Price of one device. */
  readonly price: UsdPerSecond;
  /** Mean time of one device. Each interruption stops the job as a failure does. */
  readonly meanTimeBetweenInterruptions: Seconds;
}

/** Power, energy and carbon of the site; null: not specified. */
export interface SiteCosts {
  /** Power of a host over the number of its devices. */
  readonly hostPower: Watts | null;
  /** Power of the site over the power of its computers. */
  readonly pue: number | null;
  readonly gridCarbonKgPerJoule: number | null;
  readonly energyPriceUsdPerJoule: number | null;
}
