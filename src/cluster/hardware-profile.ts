import type {SoftwareStack} from '../frameworks/stack.js';
import type {BytesPerSecond, Seconds, Watts} from '../units/quantities.js';
import type {Accelerator, Host} from './accelerator.js';
import type {TopologyLevel} from './topology.js';

/** One kind of machine as a file of hardware-profiles/ describes it. */
export interface HardwareProfile {
  readonly name: string;
  readonly description: string;
  readonly names: HardwareNames;
  readonly accelerator: Accelerator;
  readonly host: Host;
  readonly topology: readonly TopologyLevel[];
  /** Every stack that runs here, by name. */
  readonly software: Readonly<Record<string, StackProfile>>;
  /** Bandwidth from one node to the storage of checkpoints; null: not specified. */
  readonly storageBandwidth: BytesPerSecond | null;
  readonly site: Site;
  /** Mean time between failures of one device with its source; null: not specified. */
  readonly failures: {readonly meanTimeBetweenFailures: Seconds; readonly source: string} | null;
  readonly figures: readonly Figure[];
}

/** Names that people, drivers, clouds and tables of measurements give a machine and its parts. */
export interface HardwareNames {
  /** Other names of the machine, such as `p5.48xlarge`. */
  readonly machine: readonly string[];
  /** Names of its accelerator; `{chips}` or `{cores}` stands for a number of them. */
  readonly accelerator: readonly string[];
  /** Words in the name of its network; empty where it has none of its own. */
  readonly networks: readonly string[];
  /** The name of the accelerator alone means this machine. */
  readonly usual: boolean;
}

/** A software stack on one machine, with the measurements that its constants rest on. */
export interface StackProfile {
  readonly stack: SoftwareStack;
  readonly description: string | null;
  /** Runs on this machine that constants of the stack were fitted to; null: none were. */
  readonly fittedTo: FittedTo | null;
}

/** Measured runs that constants were fitted to. */
export interface FittedTo {
  /** Table of runs, or a description in words. */
  readonly file: string;
  /** Rows by id, or ranges such as `llmf-0003 to llmf-0009`; empty where `file` is complete by itself. */
  readonly rows: readonly string[];
}

/** The building around the machine; null: not specified. */
export interface Site {
  /** Power of the host, per device. */
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
  /** Text of the file, such as `80 GiB`. */
  readonly text: string;
  /** In full: a short name of the file's `sources` is spelled out. */
  readonly source: string;
  readonly date: string | null;
}
