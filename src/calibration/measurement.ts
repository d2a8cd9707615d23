import {precisions} from '../cluster/accelerator.js';
import type {AttentionKernel} from '../cluster/software-stack.js';
import {
  type Layout,
  offloads,
  type Recompute,
  type Sharding,
  shardings,
  usualChoices,
} from '../layout/layout.js';
import type {Training} from '../layout/training.js';
import type {Transformer} from '../model/transformer.js';
import {cellFault} from './row/cell-fault.js';
import {flag, need, number} from './row/cells.js';
import {plainRow} from './row/plain-row.js';
import {usualOfRecipes} from './row/recipe-defaults.js';
import {composed, modelOf} from './row/row-model.js';

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

/** What was measured of a run; null: not measured. */
export interface MeasuredFigures {
  readonly stepSeconds: number | null;
  /** Allocated. */
  readonly peakMemoryBytes: number | null;
  readonly reservedMemoryBytes: number | null;
  readonly fits: boolean;
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
 */
export function readMeasurement(
  stated: MeasurementRow,
  shapes: readonly Transformer[] = [],
): MeasurementRead {
  const id = stated.id ?? '';
  const skip = (reason: string): MeasurementRead => ({skipped: {id, reason}});
  const fault = cellFault(stated);
  if (fault !== null) return skip(fault);
  const plain = plainRow(stated, shapes);
  if ('reason' in plain) return skip(plain.reason);
  const {row} = plain;
  const missing = required.filter(column => (row[column] ?? '') === '');
  if (missing.length > 0) return skip(`unknown: ${missing.join(', ')}`);
  if ((row.task || 'pretrain') !== 'pretrain') return skip(`task ${row.task} is not pre-training`);
  const model = plain.shape ?? modelOf(row, shapes);
  if (typeof model === 'string') return skip(model);
  const assumptions = [...plain.assumptions];
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
  if (composed.source.test(source)) return composed.framework;
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

function trainingOf(row: MeasurementRow): Training {
  const sequenceLength = need(row, 'seq_len');
  const globalBatch = need(row, 'global_batch');
  return {
    tokens: sequenceLength * globalBatch,
    sequenceLength,
    globalBatch,
    precision: precisions.find(precision => precision === row.precision) ?? 'bf16',
    optimizer: 'adam',
    attentionKernel: attentionKernelOf(row),
    gradientBytes: null,
    expertImbalance: 1,
  };
}

/** Frameworks whose flash kernel is that of the device's generation: their stacks say so. */
const generationsOwn = /nemo|megatron-(core|bridge)|maxtext|jax|primus/i;

function attentionKernelOf(row: MeasurementRow): AttentionKernel | null {
  switch (row.attention_kernel ?? '') {
    case 'unfused':
    case 'fused-softmax':
    case 'flash1':
    case 'flash2':
    case 'flash3':
      return row.attention_kernel as AttentionKernel;
    default:
      if (row.flash_attention === '0') return 'fused-softmax';
      return row.flash_attention === '1' && !generationsOwn.test(row.framework ?? '') ? 'flash2' : null;
  }
}

/** The layout, or why it is not known. */
function layoutOf(row: MeasurementRow): Layout | string {
  const tensor = need(row, 'tp');
  const pipeline = need(row, 'pp');
  const context = number(row, 'cp') ?? 1;
  const numDevices = need(row, 'num_gpus');
  const data = number(row, 'dp') ?? numDevices / (tensor * pipeline * context);
  if (tensor * pipeline * context * data !== numDevices) {
    return `tp ${tensor} x pp ${pipeline} x cp ${context} x dp ${data} is not ${numDevices} devices`;
  }
  const microBatch = need(row, 'micro_batch');
  const microbatches = need(row, 'global_batch') / (data * microBatch);
  if (!Number.isInteger(microbatches))
    return `dp ${data} x micro-batch ${microBatch} does not divide the global batch`;
  const virtualStages = pipeline > 1 ? (number(row, 'vpp') ?? 1) : 1;
  const {sharding, group} = shardingOf(row.zero_stage ?? '');
  return {
    tensor,
    pipeline,
    data,
    context,
    expert: number(row, 'ep') ?? 1,
    expertTensor: 1,
    sequenceParallel: row.sequence_parallel === '1',
    sharding,
    shardingGroup: group,
    microBatch,
    schedule: virtualStages > 1 ? 'interleaved' : '1f1b',
    virtualStages,
    recompute: recomputeOf(row.recompute ?? ''),
    offload: offloads.find(offload => offload === row.offload) ?? 'none',
    ...usualChoices,
    asyncTensor: row.async_tp === '1',
  };
}

/** A ZeRO stage, and the ranks that share a copy: `3`, `3 64` or `3 node`. */
function shardingOf(text: string): {sharding: Sharding; group: Layout['shardingGroup']} {
  const [stage = '0', group] = text.split(' ');
  const shared = group === undefined ? 'all' : group === 'node' ? 'node' : Number(group);
  const sharding = shardings[Number(stage)] ?? 'none';
  return {sharding, group: sharding === 'none' ? 'all' : shared};
}

/** `layers 4`: that many layers of each stage. */
function recomputeOf(text: string): Recompute {
  const layers = /^layers (\d+)$/.exec(text)?.[1];
  if (layers !== undefined) return {layers: Number(layers)};
  return text === 'full' || text === 'selective' ? text : 'none';
}

function figuresOf(row: MeasurementRow): MeasuredFigures {
  return {
    stepSeconds: number(row, 'iter_time_s') ?? stepFromThroughput(row),
    peakMemoryBytes: memoryFigure(row, 'peak_mem_GB'),
    reservedMemoryBytes: memoryFigure(row, 'reserved_mem_GB'),
    fits: row.result !== 'OOM',
  };
}

/**
 * Bytes. nanotron prints "GB" that are GiB: benchmark tables divide by 1024^3 (`create_table_log`), and
 * memory grows by 4 bytes a value of a micro-batch in GiB only.
 */
function memoryFigure(row: MeasurementRow, column: string): number | null {
  const value = number(row, column);
  if (value === null) return null;
  return value * (/nanotron/i.test(row.framework ?? '') ? 2 ** 30 : 1e9);
}

/** A column in 10^9 bytes, or bytes a second. */
function gigabytes(row: MeasurementRow, column: string): number | null {
  const value = number(row, column);
  return value === null ? null : value * 1e9;
}

function stepFromThroughput(row: MeasurementRow): number | null {
  const rate = number(row, 'tokens_per_s_per_gpu');
  return rate === null
    ? null
    : (need(row, 'seq_len') * need(row, 'global_batch')) / (rate * need(row, 'num_gpus'));
}
