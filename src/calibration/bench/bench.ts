import type {CollectiveRow} from '../collective-rows/collective-row.js';
import type {KernelRow} from '../kernel-rows/kernel-row.js';

/** What the script of `hardware measure` found on a machine. */
export interface Bench {
  readonly created: string;
  readonly machine: BenchMachine;
  readonly kernels: readonly KernelRow[];
  readonly collectives: readonly CollectiveRow[];
  /** Rows whose samples differ by a factor of two or more: other work ran on the machine. */
  readonly noisyRows: number;
  /** What the release or the device lacks. */
  readonly skipped: readonly {readonly op: string; readonly reason: string}[];
}

export interface BenchMachine {
  /** As the driver names it. */
  readonly device: string;
  readonly isProcessor: boolean;
  readonly memoryBytes: number;
  readonly computeUnits: number;
  /** Devices of one node, whether or not they took part. */
  readonly devicesPerNode: number;
  readonly hostMemoryBytes: number | null;
  readonly torch: string;
}
