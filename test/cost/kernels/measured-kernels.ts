import {readFileSync} from 'node:fs';
import {attentionSeconds} from '../../../src/cost/kernels/attention.js';
import type {Device} from '../../../src/cost/kernels/device.js';
import {gemmSeconds, groupedGemmSeconds} from '../../../src/cost/kernels/gemm.js';
import {readCsvTable, type TableRow} from '../../../src/import/csv-table.js';

/** A measured kernel of a table, on a device that a profile describes. */
export interface MeasuredKernel {
  readonly profile: KernelProfile;
  readonly op: KernelOp;
  readonly family: KernelFamily;
  readonly seconds: number;
  /** Sizes of the layer: its forward kernel and its gradients share them. */
  readonly shape: string;
  /** Belongs to the half of the shapes that no fact was fitted to. */
  readonly heldOut: boolean;
  readonly predictSeconds: (device: Device) => number;
}

/** Profiles whose kernel facts are fitted to gemm.csv, by the source of their rows. */
export const kernelProfiles = ['a100-80gb-pcie', 'b200-power-limited'] as const;

/** Profiles whose facts of products are fitted to kernels.csv. */
export const productProfiles = [
  'a100-80gb',
  'h100-sxm',
  'h200',
  'b200',
  'gb200-nvl72',
  'gb300-nvl72',
  'rtx-pro-6000',
] as const;
export type KernelProfile = (typeof kernelProfiles)[number] | (typeof productProfiles)[number];

const profileOf: Readonly<Record<string, KernelProfile>> = {
  'MooreThreads/SimuMax configs/system/a100_pcie.json': 'a100-80gb-pcie',
  'MooreThreads/SimuMax configs/system/b200_bf16_ceperm.json': 'b200-power-limited',
};

/** By the hardware of kernels.csv. */
const profileOfProducts: Readonly<Record<string, KernelProfile>> = {
  'A100-80GB-SXM': 'a100-80gb',
  'H100-SXM': 'h100-sxm',
  'H200-SXM': 'h200',
  'B200-SXM': 'b200',
  GB200: 'gb200-nvl72',
  GB300: 'gb300-nvl72',
  'RTX-PRO-6000-server': 'rtx-pro-6000',
};

/** Products of fewer operations take as long as starting a kernel does. */
const fewestFlop = 3e10;

export const kernelOps = [
  'forward',
  'input gradient',
  'weight gradient, 16 bits',
  'weight gradient, 32 bits',
  'grouped forward',
  'grouped input gradient',
  'grouped weight gradient',
  'attention forward',
  'attention backward',
] as const;
export type KernelOp = (typeof kernelOps)[number];

export const kernelFamilies = ['matrix', 'grouped', 'attention'] as const;
type KernelFamily = (typeof kernelFamilies)[number];

/**
 * Reads the rows of gemm.csv that give a time for a shape on a device of `kernelProfiles`.
 *
 * @param split which of many halves is held out; profiles are fitted with 0
 */
export function readMeasuredKernels(path: URL, split: number): MeasuredKernel[] {
  const read = readCsvTable(readFileSync(path, 'utf8'));
  if ('problems' in read) throw new Error(`${path}: ${read.problems[0]?.message}`);
  const rows = read.rows.flatMap(row => {
    const profile = profileOf[row.source ?? ''];
    if (profile === undefined) return [];
    if (row.op === 'matmul') return [matrixKernel(profile, row)];
    return [row.op === 'group_matmul' ? groupedKernel(profile, row) : attentionKernel(profile, row)];
  });
  return holdOutHalf(rows, split);
}

/**
 * Reads the products of kernels.csv in bf16 that aiconfigurator timed with cuBLAS under CUDA graphs.
 *
 * @param split which of many halves is held out; profiles are fitted with 0
 */
export function readMeasuredProducts(path: URL, split: number): MeasuredKernel[] {
  const read = readCsvTable(readFileSync(path, 'utf8'));
  if ('problems' in read) throw new Error(`${path}: ${read.problems[0]?.message}`);
  const rows = read.rows.flatMap((row): Row[] => {
    const profile = profileOfProducts[row.hardware ?? ''];
    const isCuBlas = row.source?.startsWith('ai-dynamo/aiconfigurator') && row.confidence === 'high';
    if (profile === undefined || !isCuBlas || row.op !== 'matmul' || row.dtype !== 'bf16') return [];
    const [m, n, k] = [Number(row.m), Number(row.n), Number(row.k)];
    if (2 * m * n * k < fewestFlop) return [];
    return [
      {
        profile,
        op: 'forward',
        seconds: Number(row.seconds),
        shape: `${m}x${n}x${k}`,
        predictSeconds: device =>
          gemmSeconds(
            device,
            speedOf(device),
            {batch: 1, m, n, k, outputBytes: 2},
            2 * (m * k + n * k + m * n),
          ),
      },
    ];
  });
  return holdOutHalf(rows, split);
}

type Row = Omit<MeasuredKernel, 'heldOut' | 'family'>;

/** Every second shape of a profile and family of kernels, in the order of a hash, which no law of sizes meets. */
function holdOutHalf(rows: readonly Row[], split: number): MeasuredKernel[] {
  const salt = split === 0 ? '' : String(split);
  const named = rows.map(row => ({...row, family: modelTemplate(row.op)}));
  const keyOf = ({profile, family}: (typeof named)[number]) => `${profile} ${family}`;
  const shapes = new Map<string, Set<string>>();
  for (const row of named) shapes.set(keyOf(row), (shapes.get(keyOf(row)) ?? new Set()).add(row.shape));
  const order = new Map(
    [...shapes].map(([key, found]) => [key, [...found].sort((a, b) => hashOf(salt + a) - hashOf(salt + b))]),
  );
  return named.map(row => ({...row, heldOut: (order.get(keyOf(row)) ?? []).indexOf(row.shape) % 2 === 1}));
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}

function modelTemplate(op: KernelOp): KernelFamily {
  if (op.startsWith('grouped')) return 'grouped';
  return op.startsWith('attention') ? 'attention' : 'matrix';
}

function shapeOf(...sizes: number[]): string {
  return sizes.sort((a, b) => a - b).join('x');
}

function achieved(row: TableRow): number {
  return Number(row.tflops) * 1e12;
}

/** Operand layouts of BLAS: TN is the forward product of a linear layer, NN and NT its two gradients. */
function matrixKernel(profile: KernelProfile, row: TableRow): Row {
  const [m, n, k] = [Number(row.m), Number(row.n), Number(row.k)];
  const outputBytes = row.dtype === 'fp32' ? 4 : 2;
  const traffic = 2 * (m * k + n * k) + outputBytes * m * n;
  const gradient = outputBytes === 4 ? 'weight gradient, 32 bits' : 'weight gradient, 16 bits';
  return {
    profile,
    op: row.layout === 'TN' ? 'forward' : row.layout === 'NN' ? 'input gradient' : gradient,
    seconds: (2 * m * n * k) / achieved(row),
    shape: shapeOf(m, n, k),
    predictSeconds: device => gemmSeconds(device, speedOf(device), {batch: 1, m, n, k, outputBytes}, traffic),
  };
}

function speedOf({gemmPeak, gemmEfficiency}: Device) {
  return {peak: gemmPeak, efficiency: gemmEfficiency};
}

/** `ng=40, M=616, ...` of `notes`. */
function shapeKey(row: TableRow): {readonly [key: string]: string} {
  const pairs = [...(row.notes ?? '').matchAll(/(\w+)=(\w+)/g)];
  return Object.fromEntries(pairs.map(([, key, value]) => [key, value]));
}

function groupedKernel(profile: KernelProfile, row: TableRow): Row {
  const key = shapeKey(row);
  const [groups, rows, n, k] = [Number(key.ng), Number(key.M), Number(key.N), Number(key.K)];
  const gradientBytes = key.main_grad_dtype === 'fp32' ? 4 : 2;
  const activations = groups * 2 * rows * (n + k);
  const weights = groups * 2 * n * k;
  // Accumulated gradients are read and written (accumulate=True).
  const gradients = groups * 2 * gradientBytes * n * k;
  const seconds = (
    device: Device,
    [m, columns, depth]: [number, number, number],
    bytes: number,
    moved: number,
  ) =>
    groupedGemmSeconds(
      device,
      speedOf(device),
      {batch: groups, m, n: columns, k: depth, outputBytes: bytes},
      {traffic: activations + moved, weightTraffic: moved},
    );
  const stage = {
    fwd: {op: 'grouped forward', at: (d: Device) => seconds(d, [rows, n, k], 2, weights)},
    bwd_grad_act: {op: 'grouped input gradient', at: (d: Device) => seconds(d, [rows, k, n], 2, weights)},
    bwd_grad_w: {
      op: 'grouped weight gradient',
      at: (d: Device) => seconds(d, [n, k, rows], gradientBytes, gradients),
    },
  } as const;
  const {op, at} = stage[key.stage as keyof typeof stage];
  return {
    profile,
    op,
    seconds: (2 * groups * rows * n * k) / achieved(row),
    shape: shapeOf(rows, n, k),
    predictSeconds: at,
  };
}

/**
 * Causal attention. SimuMax counts the whole square, 2 products forward and 2.5 times that backward:
 * simu_tools/efficency_test/test_fa_efficiency.py at 4f5b2932.
 */
function attentionKernel(profile: KernelProfile, row: TableRow): Row {
  const key = shapeKey(row);
  const [sequence, heads] = [Number(key.seq_len), Number(key.head_num)];
  const [headSize, valueHeadSize] = [Number(key.qk_head_dim), Number(key.v_head_dim)];
  const shape = {
    sequences: Number(key.batch),
    heads,
    keyValueHeads: Number(key.kv_head_num),
    queries: sequence,
    keys: sequence,
    seenKeys: (sequence + 1) / 2,
    mostKeys: sequence,
    masked: true,
    headSize,
    valueHeadSize,
    dropout: false,
  };
  const square = shape.sequences * sequence ** 2 * heads * (headSize + valueHeadSize);
  const isForward = row.op === 'sdp_fwd';
  return {
    profile,
    op: isForward ? 'attention forward' : 'attention backward',
    seconds: ((isForward ? 2 : 5) * square) / achieved(row),
    shape: shapeOf(sequence, heads, headSize),
    predictSeconds: device => {
      const pass = attentionSeconds(device, shape, 'flash3');
      return isForward ? pass.forward : pass.backward;
    },
  };
}

/** Middle value of `|predicted / measured - 1|`. */
export function medianError(kernels: readonly MeasuredKernel[], device: Device): number {
  const errors = errorsOf(kernels, device).sort((a, b) => a - b);
  const middle = errors.length / 2;
  return ((errors[Math.ceil(middle) - 1] ?? 0) + (errors[Math.floor(middle)] ?? 0)) / 2;
}

export function meanError(kernels: readonly MeasuredKernel[], device: Device): number {
  return errorsOf(kernels, device).reduce((sum, error) => sum + error, 0) / kernels.length;
}

function errorsOf(kernels: readonly MeasuredKernel[], device: Device): number[] {
  return kernels.map(({seconds, predictSeconds}) => Math.abs(predictSeconds(device) / seconds - 1));
}
