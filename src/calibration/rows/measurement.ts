import type {LoggedMemory} from '../../frameworks/framework.js';
import type {Layout} from '../../layout/layout.js';
import type {Transformer} from '../../model/transformer.js';
import type {Training} from '../../plan/training.js';

/** A measured run in the words of the model: what ran, and what was measured. */
export interface Measurement {
  readonly id: string;
  readonly source: string;
  /** Rows of low confidence are neither fitted to nor judged by. */
  readonly confidence: 'high' | 'medium' | 'low';
  readonly framework: string;
  readonly hardware: string;
  readonly network: string;
  readonly numDevices: number;
  readonly model: Transformer;
  readonly training: Training;
  readonly layout: Layout;
  readonly kernels: MeasuredKernels;
  /** What the row leaves open and was taken as something, in words. */
  readonly assumptions: readonly string[];
  /** Bus bandwidth of an all-reduce over all devices, measured in the same job, bytes/s. */
  readonly allReduceBandwidth: number | null;
  /** The same over the devices of one node. */
  readonly nodeAllReduceBandwidth: number | null;
  /** Figure that `measured.peakMemoryBytes` is; null: not stated. */
  readonly loggedMemory: LoggedMemory | null;
  readonly measured: MeasuredFigures;
}

/** Kernels that a row states; null: not stated, those of the software stack are taken. */
export interface MeasuredKernels {
  readonly fusedNorm: boolean | null;
  readonly compiled: boolean | null;
  /** Whether the compiler takes the loss too. */
  readonly compiledLoss: boolean | null;
}

/** What was measured of a run; null: not measured. */
export interface MeasuredFigures {
  readonly stepSeconds: number | null;
  /** As the framework's log prints it. */
  readonly peakMemoryBytes: number | null;
  readonly reservedMemoryBytes: number | null;
  readonly fits: boolean;
}

/** Source of a row: ids are `<source>-<number>`. */
export function sourceOf(id: string): string {
  return id.replace(/-\d+$/, '');
}

/**
 * Key of the sweep that a run belongs to. Rows of one sweep vary the layout of one job and share their
 * errors: source, hardware, model, devices, global batch, sequence length and precision are the same.
 */
export function sweepOf({id, hardware, numDevices, model, training}: Measurement): string {
  const {globalBatch, sequenceLength, precision} = training;
  return [sourceOf(id), hardware, model.name, numDevices, globalBatch, sequenceLength, precision].join(' | ');
}

/** Key of everything that a prediction sees of a run. Runs of one sweep with equal keys repeat each other. */
export function configurationOf({
  id,
  source,
  confidence,
  assumptions,
  measured,
  ...seen
}: Measurement): string {
  return JSON.stringify(seen);
}
