import type {FlashFacts, FlashPassFacts, KernelFacts, Precision} from '../../cluster/accelerator.js';
import type {Cluster} from '../../cluster/cluster.js';
import type {StoredBytes} from '../../model/saved-activation.js';
import {activationBytesOf, storedBytesOf} from '../workload/number-formats.js';
import type {RankWorkload} from '../workload/rank-workload.js';

/**
 * One device with one stack and one precision, as the kernel formulas need it: plain numbers,
 * resolved once, so that a kernel costs a handful of multiplications.
 */
export interface Device {
  /** FLOP/s of the matrix units for the large projections. */
  readonly gemmPeak: number;
  readonly gemmEfficiency: number;
  /** FLOP/s for matrix products that stay in 16 bits whatever the precision (attention, logits). */
  readonly gemm16Peak: number;
  readonly gemm16Efficiency: number;
  /** FLOP/s of the vector units in 32 bits, for products that the matrix units cannot take. */
  readonly vectorPeak: number;
  readonly numComputeUnits: number;
  readonly tileRows: number;
  readonly tileColumns: number;
  /** Speed of tiles of half, of a quarter and of an eighth of the area, over that of the full tile. */
  readonly halfTileSpeed: number;
  readonly quarterTileSpeed: number;
  readonly eighthTileSpeed: number;
  readonly wholeWaves: boolean;
  readonly halfDepth: number;
  /** Of a product with a 32-bit output. */
  readonly halfDepth32: number;
  /** Grouped products: see `KernelFacts`. */
  readonly groupedExposure: number;
  readonly groupedIssue: number;
  /** Sustained bytes/s of operands that a matrix product or an attention kernel reads and writes. */
  readonly operandBandwidth: number;
  /** Sustained bytes/s of a long streaming kernel. */
  readonly streamBandwidth: number;
  /** Device time of a kernel without work. */
  readonly productStart: number;
  readonly streamStart: number;
  readonly attentionStart: number;
  /** Fraction of that bandwidth that element-wise kernels over the tokens of experts reach. */
  readonly expertScale: number;
  /** The attention kernel of this generation of devices, and FlashAttention-2. */
  readonly attention: FlashKernel;
  readonly flash2: FlashKernel;
  /** Bytes of an activation. */
  readonly activationBytes: number;
  /** Of one that waits for the backward pass. */
  readonly storedBytes: StoredBytes;
  /** Of a weight as the matrix units read it. */
  readonly weightBytes: number;
  /** Bytes moved to bring one activation or gradient into the format of the products; 0 where it already is. */
  readonly castBytes: number;
}

/** A flash kernel on one device. */
export interface FlashKernel {
  readonly forward: FlashPass;
  readonly backward: FlashPass;
}

/** One pass of it: see `FlashPassFacts`. */
export interface FlashPass extends Omit<FlashPassFacts, 'rate'> {
  /** FLOP/s with heads of 128. */
  readonly rate: number;
}

/** What kernels are costed for: a device, and one micro-batch on one of its ranks. */
export interface KernelContext {
  readonly device: Device;
  readonly workload: RankWorkload;
}

/** Peak of the matrix units over that of the vector units where no data sheet states the latter: that of an A100. */
const matrixOverVector = 16;

const eightBit: ReadonlySet<Precision> = new Set(['fp8', 'mxfp8', 'int8']);

/** Whether the device has a mode for the precision: a plan that was read has one, a measured row may not. */
export function hasPrecision({accelerator}: Pick<Cluster, 'accelerator'>, precision: Precision): boolean {
  return accelerator.peak[precision] !== undefined;
}

/** What `cluster`'s device and stack reach at `precision`, which is one of its modes: see `hasPrecision`. */
export function deviceFor(cluster: Cluster, precision: Precision): Device {
  const {accelerator, software} = cluster;
  const peak = accelerator.peak[precision];
  if (peak === undefined) throw new Error(`${accelerator.name} has no ${precision}`);
  const {kernels} = accelerator;
  const wide = activationBytesOf(precision) === 4;
  const half: Precision = wide ? precision : accelerator.peak.bf16 !== undefined ? 'bf16' : 'fp16';
  const reached = (p: Precision) =>
    (kernels.gemmEfficiency[p] ?? kernels.gemmEfficiency.default) *
    (software.gemmScale[p] ?? software.gemmScale.default);
  const gemm16Peak = accelerator.peak[half] ?? peak;
  const flashPeak = gemm16Peak * software.attentionScale;
  // Prologue and epilogue of a tile take as long in any format: as much as a longer loop where that is faster.
  const narrowness = Math.max(1, peak / gemm16Peak);
  const weightBytes = precision === 'nvfp4' ? 0.5 : eightBit.has(precision) ? 1 : wide ? 4 : 2;
  return {
    gemmPeak: peak,
    gemmEfficiency: reached(precision),
    gemm16Peak,
    gemm16Efficiency: reached(half),
    vectorPeak: accelerator.peak.fp32 ?? gemm16Peak / matrixOverVector,
    numComputeUnits: accelerator.numComputeUnits,
    tileRows: kernels.tileRows,
    tileColumns: kernels.tileColumns,
    halfTileSpeed: tileSpeed(kernels, 1, 2),
    quarterTileSpeed: tileSpeed(kernels, 2, 2),
    eighthTileSpeed: tileSpeed(kernels, 2, 4),
    wholeWaves: kernels.wholeWaves,
    halfDepth: kernels.halfDepth * narrowness,
    halfDepth32: (wide ? kernels.halfDepth : kernels.halfDepth32) * narrowness,
    groupedExposure: kernels.groupedExposure,
    groupedIssue: kernels.groupedIssue,
    operandBandwidth: accelerator.memoryBandwidth * kernels.operandEfficiency,
    streamBandwidth: accelerator.memoryBandwidth * kernels.memoryEfficiency * software.memoryScale,
    productStart: kernels.start.product,
    streamStart: kernels.start.stream,
    attentionStart: kernels.start.attention,
    expertScale: software.expertScale,
    attention: flashKernel(kernels.attention, flashPeak),
    flash2: flashKernel(kernels.flash2, flashPeak),
    activationBytes: activationBytesOf(precision),
    storedBytes: storedBytesOf(precision, activationBytesOf(precision), software),
    weightBytes,
    castBytes: weightBytes < 2 ? 2 + 2 * weightBytes : 0,
  };
}

/**
 * Speed of a tile with rows and columns divided, over that of the full tile: an R x C tile reads
 * 1/R + 1/C operands for each multiplication, and the speed falls with what it reads in addition.
 */
function tileSpeed(kernels: KernelFacts, rowDivisor: number, columnDivisor: number): number {
  const {tileRows, tileColumns, smallTileLoss} = kernels;
  const full = 1 / tileRows + 1 / tileColumns;
  const divided = rowDivisor / tileRows + columnDivisor / tileColumns;
  return Math.max(0, 1 - smallTileLoss * (divided / full - 1));
}

function flashKernel({forward, backward}: FlashFacts, peak: number): FlashKernel {
  return {
    forward: {...forward, rate: forward.rate * peak},
    backward: {...backward, rate: backward.rate * peak},
  };
}
