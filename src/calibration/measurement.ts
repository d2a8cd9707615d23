import type {Precision} from '../cluster/accelerator.js';
import type {AttentionKernel} from '../cluster/software-stack.js';
import type {Layout, Sharding} from '../layout/layout.js';
import {usualChoices} from '../layout/layout.js';
import type {Training} from '../layout/training.js';
import type {Transformer} from '../model/transformer.js';
import {cellFault} from './cell-fault.js';

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
  readonly kernels: {readonly fusedNorm: boolean | null; readonly compiled: boolean | null};
  /** What the row leaves open and had to be taken as something, in words. */
  readonly assumptions: readonly string[];
  /** Bus bandwidth of an all-reduce over all devices, measured in the same job, bytes/s. */
  readonly allReduceBandwidth: number | null;
  /** The same over the devices of one node. */
  readonly nodeAllReduceBandwidth: number | null;
  readonly measured: MeasuredFigures;
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
export function readMeasurement(row: MeasurementRow, shapes: readonly Transformer[] = []): MeasurementRead {
  const id = row.id ?? '';
  const skip = (reason: string): MeasurementRead => ({skipped: {id, reason}});
  const fault = cellFault(row);
  if (fault !== null) return skip(fault);
  const missing = required.filter(column => number(row, column) === null && !(row[column] ?? '').match(/\D/));
  if (missing.length > 0) return skip(`unknown: ${missing.join(', ')}`);
  if ((row.task ?? 'pretrain') !== 'pretrain' && row.task !== '')
    return skip(`task ${row.task} is not pre-training`);
  const model = (row.moe ?? '') === '' ? denseModel(row) : mixtureModel(row, shapes);
  if (typeof model === 'string') return skip(model);
  const assumptions: string[] = [];
  if ((row.precision ?? '') === '') assumptions.push('precision not stated: taken as bf16');
  const precision = precisionOf(row.precision || 'bf16');
  if (precision === null) return skip(`unknown precision ${row.precision}`);
  const stated = layoutOf(row);
  if (typeof stated === 'string') return skip(stated);
  const layout = {...stated, ...usualOfRecipes(row, stated, model, assumptions)};
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
      training: trainingOf(row, precision),
      layout,
      kernels: {fusedNorm: flag(row, 'fused_norm'), compiled: flag(row, 'compiled')},
      assumptions,
      allReduceBandwidth: gigabytes(row, 'allreduce_GBps'),
      nodeAllReduceBandwidth: gigabytes(row, 'allreduce_intranode_GBps'),
      measured: figuresOf(row),
    },
  };
}

/**
 * vTrain's table for one node is put together from layers of its own, each timed once: all its step times
 * are sums of the same layer times to four digits. These layers take GPT-2's vocabulary and divide it
 * without padding, which the table leaves open: src/config.py and src/model/gpt_modeling.py at f8dda84.
 */
const composed = {source: /\bvTrain\b.*ground_truth_single/, framework: 'vTrain layers', vocabulary: 50257};

/** With the release of the container that it ran in, where the source names it. */
function frameworkOf({framework = '', source = ''}: MeasurementRow): string {
  if (composed.source.test(source)) return composed.framework;
  const release = /\b(\d\d\.\d\d)(?:\.\d+)? NeMo Container\b/.exec(source)?.[1];
  return release === undefined ? framework : `${framework} ${release}`;
}

/** A table of one's own runs says nothing of it. */
function confidenceOf({confidence}: MeasurementRow): Measurement['confidence'] {
  return confidence === 'low' || confidence === 'medium' ? confidence : 'high';
}

function number(row: MeasurementRow, column: string): number | null {
  const text = row[column] ?? '';
  const value = Number(text);
  return text === '' || !Number.isFinite(value) ? null : value;
}

function flag(row: MeasurementRow, column: string): boolean | null {
  const value = number(row, column);
  return value === null ? null : value !== 0;
}

/** A column that `required` has vouched for. */
function need(row: MeasurementRow, column: string): number {
  const value = number(row, column);
  if (value === null) throw new Error(`column ${column} was checked and is not a number`);
  return value;
}

/** A row that says `128/8` has 128 experts of which a token goes to 8. */
function mixtureModel(row: MeasurementRow, shapes: readonly Transformer[]): Transformer | string {
  const [numExperts, topK] = (row.moe ?? '').split('+')[0]?.split('/').map(Number) ?? [];
  const shape = shapes.find(
    ({hiddenSize, experts}) =>
      experts !== null &&
      hiddenSize === number(row, 'hidden') &&
      experts.numExperts === numExperts &&
      experts.topK === topK,
  );
  if (shape === undefined) return `unknown: width of the experts of ${row.model_name}`;
  // Proxies of fewer layers keep the shape of each.
  return {...shape, name: row.model_name ?? shape.name, numLayers: need(row, 'layers')};
}

function denseModel(row: MeasurementRow): Transformer | string {
  const unknown = ['ffn_hidden', 'vocab'].filter(column => number(row, column) === null);
  if (unknown.length > 0) return `unknown: ${unknown.join(', ')}`;
  const gated = row.gated_mlp === '1';
  const numHeads = need(row, 'heads');
  const hiddenSize = need(row, 'hidden');
  return {
    name: row.model_name ?? 'unnamed',
    numLayers: need(row, 'layers'),
    hiddenSize,
    vocabularySize: composed.source.test(row.source ?? '') ? composed.vocabulary : need(row, 'vocab'),
    tiedEmbeddings: row.tied_embeddings === '1',
    // Gated models follow Llama: rotary positions, RMS norms, no biases; the others follow GPT.
    positions: gated
      ? {kind: 'rotary', maxPositions: 0}
      : {kind: 'learned', maxPositions: need(row, 'seq_len')},
    attention: {
      kind: 'grouped',
      numHeads,
      numKeyValueHeads: number(row, 'kv_heads') ?? numHeads,
      headSize: hiddenSize / numHeads,
      biases: {queryKeyValue: !gated, output: !gated},
      queryKeyNorm: false,
      span: {kind: 'full'},
    },
    mlp: {kind: gated ? 'gated' : 'plain', hiddenSize: need(row, 'ffn_hidden'), bias: !gated},
    experts: null,
    norm: {kind: gated ? 'rms' : 'layer', perLayer: 2, bias: !gated, outside: 1},
    dropout: !gated,
    multiTokenPrediction: 0,
  };
}

const precisionNames: Readonly<Record<string, Precision>> = {
  bf16: 'bf16',
  fp16: 'fp16',
  fp32: 'fp32',
  tf32: 'tf32',
  fp8: 'fp8',
  mxfp8: 'mxfp8',
  nvfp4: 'nvfp4',
  'bf16/fp16': 'bf16',
  'int8/fp8': 'fp8',
};

function precisionOf(text: string): Precision | null {
  return precisionNames[text.toLowerCase()] ?? null;
}

function trainingOf(row: MeasurementRow, precision: Precision): Training {
  const sequenceLength = need(row, 'seq_len');
  const globalBatch = need(row, 'global_batch');
  return {
    tokens: sequenceLength * globalBatch,
    sequenceLength,
    globalBatch,
    precision,
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
    recompute:
      row.recompute === 'full' ? 'full' : row.recompute?.startsWith('selective') ? 'selective' : 'none',
    offload: 'none',
    ...usualChoices,
    asyncTensor: row.async_tp === '1',
  };
}

/**
 * NVIDIA's recipes shard the optimizer and split sequences over tensor ranks; where their tables say
 * nothing of it, that is what ran. Megatron-Bridge and NeMo, recipes of 2024 and 2025.
 */
function usualOfRecipes(
  row: MeasurementRow,
  {tensor, pipeline, data, context, expert, microBatch}: Layout,
  {numLayers}: Transformer,
  assumptions: string[],
): Partial<Layout> {
  if (!/nemo|megatron-(core|bridge)/i.test(row.framework ?? '')) return {};
  const usual: {-readonly [Field in keyof Layout]?: Layout[Field]} = {};
  const layers = numLayers / pipeline;
  const rounds = need(row, 'global_batch') / (data * microBatch * pipeline);
  const divides = Number.isInteger(layers) && Number.isInteger(rounds);
  if ((row.vpp ?? '') === '' && pipeline > 1 && divides && layers > 1) {
    usual.virtualStages = layers % 2 === 0 && layers > 2 ? layers / 2 : layers;
    usual.schedule = 'interleaved';
    assumptions.push('virtual stages not stated: taken as chunks of one or two layers');
  }
  if ((row.zero_stage ?? '') === '') {
    usual.sharding = 'optimizer';
    assumptions.push('sharding not stated: taken as optimizer');
  }
  if ((row.sequence_parallel ?? '') === '' && tensor > 1) {
    usual.sequenceParallel = true;
    assumptions.push('sequence parallel not stated: taken as on');
  }
  // Megatron-Core divides experts over tensor ranks too unless told otherwise, as Megatron-Bridge's recipes tell it.
  const expertRanks = (data * context * tensor) / (expert * tensor);
  if (!/bridge/i.test(row.framework ?? '') && expert > 1 && tensor > 1 && Number.isInteger(expertRanks)) {
    usual.expertTensor = tensor;
    assumptions.push('tensor degree of experts not stated: taken as that of the layers');
  }
  return usual;
}

function shardingOf(text: string): {sharding: Sharding; group: Layout['shardingGroup']} {
  const group = text.match(/\((\d+)\)/)?.[1];
  const size = group === undefined ? ('all' as const) : Number(group);
  if (text === '3' || (text.startsWith('fsdp') && !text.includes('shard_grad_op')))
    return {sharding: 'parameters', group: size};
  if (text === '2' || text.includes('shard_grad_op')) return {sharding: 'gradients', group: size};
  if (text === '1' || text.includes('dist-opt')) return {sharding: 'optimizer', group: size};
  return {sharding: 'none', group: 'all'};
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
