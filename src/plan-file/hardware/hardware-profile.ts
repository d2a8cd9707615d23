import type {Accelerator, Host} from '../../cluster/accelerator.js';
import type {SoftwareStack} from '../../cluster/software-stack.js';
import type {TopologyLevel} from '../../cluster/topology.js';
import type {BytesPerSecond, Seconds, Watts} from '../../units/quantities.js';

/** One kind of machine as a file of hardware-profiles/ describes it. */
export interface HardwareProfile {
  readonly name: string;
  readonly description: string;
  /** Names of this accelerator, and of its network, in tables of measurements. */
  readonly matches: readonly string[];
  readonly matchesNetwork: readonly string[];
  readonly accelerator: Accelerator;
  readonly host: Host;
  readonly topology: readonly TopologyLevel[];
  /** Every stack that runs here, by name. */
  readonly software: Readonly<Record<string, StackProfile>>;
  /** Of one node to the storage of checkpoints; null where the profile does not say. */
  readonly storageBandwidth: BytesPerSecond | null;
  readonly site: Site;
  /** Mean time between failures of one device with its source; null where the profile does not say. */
  readonly failures: {readonly meanTimeBetweenFailures: Seconds; readonly source: string} | null;
  readonly figures: readonly Figure[];
}

export interface StackProfile {
  readonly stack: SoftwareStack;
  readonly description: string | null;
  /** What constants of this stack were fitted to on this machine; null where none were. */
  readonly fittedTo: FittedTo | null;
}

/** Measured runs that constants were fitted to. */
export interface FittedTo {
  /** Table of runs, or what a profile says in words. */
  readonly file: string;
  /** Rows by id, or ranges such as `llmf-0003 to llmf-0009`; none where the file says all. */
  readonly rows: readonly string[];
}

/** The building around the machine; null where the profile does not say. */
export interface Site {
  /** Of the host, for each of its devices. */
  readonly hostPower: Watts | null;
  /** Power of the site over the power of its computers. */
  readonly pue: number | null;
  readonly gridCarbonKgPerJoule: number | null;
  readonly energyPriceUsdPerJoule: number | null;
}

/** A stated figure with its provenance, for display. */
export interface Figure {
  /** Dotted, such as `accelerator.memory`. */
  readonly path: string;
  /** As written, such as `80 GiB`. */
  readonly text: string;
  /** In full: a short name of the file's `sources` is spelled out. */
  readonly source: string;
  readonly date: string | null;
}
