import type {SoftwareStack} from '../frameworks/stack.js';
import type {Accelerator, Host} from './accelerator.js';
import type {TopologyLevel} from './topology.js';

/** Devices of one kind, joined by a topology tree, running one software stack. */
export interface Cluster {
  /** Name of the hardware profile. */
  readonly hardware: string;
  readonly accelerator: Accelerator;
  readonly host: Host;
  /** Levels from the innermost outwards; the last one has fan-out Infinity. */
  readonly topology: readonly TopologyLevel[];
  /** Devices of one host, the product of fan-outs up to the level named "node". */
  readonly devicesPerNode: number;
  readonly numDevices: number;
  /** Collectives between nodes run as rings and nothing better, as the all-reduce that a job measured may show. */
  readonly ringsOnly: boolean;
  readonly software: SoftwareStack;
}
