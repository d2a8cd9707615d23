import type {Layout} from '../layout/layout.js';
import type {Training} from '../layout/training.js';
import type {Transformer} from '../model/transformer.js';
import {cellFault} from './row/cell-fault.js';
import {flag, need} from './row/cells.js';
import {type Correction, correctedRow} from './row/correction.js';
import {plainRow} from './row/plain-row.js';
import {usualOfRecipes} from './row/recipe-defaults.js';
import {figuresOf, gigabytes, type MeasuredFigures} from './row/row-figures.js';
import {layoutOf} from './row/row-layout.js';
import {modelOf} from './row/row-model.js';
import {trainingOf} from './row/row-training.js';

/** A row of a table of measurements by column name; an empty cell is unknown. */
export type MeasurementRow = Readonly<Record<string, string>>;

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
  /** What the row says of the kernels that ran; null: nothing, the stack's own are taken. */
  readonly kernels: MeasuredKernels;
  /** What the row leaves open and had to be taken as something, in words. */
  readonly assumptions: readonly string[];
  /** Bus bandwidth of an all-reduce over all devices, measured in the same job, bytes/s. */
  readonly allReduceBandwidth: number | null;
  /** The same over the devices of one node. */
  readonly nodeAllReduceBandwidth: number | null;
  readonly measured: MeasuredFigures;
}

/** Null: not stated. */
export interface MeasuredKernels {
  readonly fusedNorm: boolean | null;
  readonly compiled: boolean | null;
  /** Whether the compiler takes the loss too. */
  readonly compiledLoss: boolean | null;
}

export type MeasurementRead =
  | {readonly measurement: Measurement}
  | {readonly skipped: {readonly id: string; readonly reason: string}};

/** Columns without which nothing can be predicted. */
const required = [
  'hardware',
  'num_gpus',
  'layers',
  'hidden',
  'heads',
  'seq_len',
  'global_batch',
  'tp',
  'pp',
  'micro_batch',
];

/**
 * Reads one row; a row that lacks what a prediction needs is skipped with the reason.
 *
 * @param shapes models to take the experts of a mixture from: a row states their number, not their width
 * @param corrections what is known of its source better than the row says it
 */
export function readMeasurement(
  stated: MeasurementRow,
  shapes: readonly Transformer[] = [],
  corrections: readonly Correction[] = [],
): MeasurementRead {
  const id = stated.id ?? '';
  const skip = (reason: string): MeasurementRead => ({skipped: {id, reason}});
  const fault = cellFault(stated);
  if (fault !== null) return skip(fault);
  const corrected = correctedRow(stated, corrections);
  const plain = plainRow(corrected.row, shapes);
  if ('reason' in plain) return skip(plain.reason);
  const {row} = plain;
  const missing = required.filter(column => (row[column] ?? '') === '');
  if (missing.length > 0) return skip(`unknown: ${missing.join(', ')}`);
  if ((row.task || 'pretrain') !== 'pretrain') return skip(`task ${row.task} is not pre-training`);
  const model = plain.shape ?? modelOf(row, shapes);
  if (typeof model === 'string') return skip(model);
  const assumptions = [...corrected.notes, ...plain.assumptions];
  if ((row.precision ?? '') === '') assumptions.push('precision not stated: taken as bf16');
  if ((row.recompute ?? '') === '') assumptions.push('recomputation not stated: taken as none');
  const layout = layoutOf(row);
  if (typeof layout === 'string') return skip(layout);
  return {
    measurement: {
      id,
      source: row.source ?? '',
      confidence: confidenceOf(row),
      framework: frameworkOf(row),
      hardware: row.hardware ?? '',
      network: row.internode_network ?? '',
      numDevices: need(row, 'num_gpus'),
      model,
      training: trainingOf(row),
      layout: {...layout, ...usualOfRecipes(row, layout, model, assumptions)},
      kernels: kernelsOf(row),
      assumptions,
      allReduceBandwidth: gigabytes(row, 'allreduce_GBps'),
      nodeAllReduceBandwidth: gigabytes(row, 'allreduce_intranode_GBps'),
      measured: figuresOf(row),
    },
  };
}

/** With the release of the container that it ran in, where the source names it. */
function frameworkOf({framework = '', source = ''}: MeasurementRow): string {
  const release = /\b(\d\d\.\d\d)(?:\.\d+)? NeMo Container\b/.exec(source)?.[1];
  return release === undefined ? framework : `${framework} ${release}`;
}

/**
 * torchtitan compiles the loss with the layers, but did not before 2025: it failed (pytorch/torchtitan,
 * train.py of December 2024 and torchtitan/components/loss.py). Its benchmark pages have their month in
 * their name.
 */
function kernelsOf(row: MeasurementRow): MeasuredKernels {
  const compiled = flag(row, 'compiled');
  const year = Number(/_(20\d\d)-?\d\d_/.exec(row.source ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
  const compiledLoss = compiled === true && /torchtitan/i.test(row.framework ?? '') && year >= 2025;
  return {fusedNorm: flag(row, 'fused_norm'), compiled, compiledLoss};
}

/** A table of one's own runs says nothing of it. */
function confidenceOf({confidence}: MeasurementRow): Measurement['confidence'] {
  return confidence === 'low' || confidence === 'medium' ? confidence : 'high';
}
