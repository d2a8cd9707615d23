import type {Accelerator, Host} from '../cluster/accelerator.js';
import type {HardwareNames} from '../cluster/hardware-profile.js';
import type {TopologyLevel} from '../cluster/topology.js';

/** What reports show of a machine. */
export interface HardwareView {
  readonly name: string;
  readonly description: string;
  readonly names: HardwareNames;
  readonly accelerator: Accelerator;
  readonly host: Host;
  readonly topology: readonly TopologyLevel[];
  readonly software: Readonly<Record<string, StackView>>;
  /** Every stated figure with where it comes from. */
  readonly figures: readonly FigureView[];
}

export interface StackView {
  readonly description: string | null;
  /** Measurements that constants of the stack were fitted to on this machine; null: none were. */
  readonly fittedTo: {readonly file: string; readonly rows: readonly string[]} | null;
}

export interface FigureView {
  readonly path: string;
  readonly text: string;
  readonly source: string;
  readonly date: string | null;
}
