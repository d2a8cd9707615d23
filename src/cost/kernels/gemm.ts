import type {Device} from './device.js';

/** Products of (m x k) by (k x n) matrices. */
export interface MatrixProduct {
  /** Products, each with operands of its own. */
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Bytes of one element of the output, which the epilogue of each tile writes. */
  readonly outputBytes: number;
}

/** Speed of the matrix units. A device that its power limit slows down does so by its `efficiency`. */
export interface MatrixSpeed {
  /** FLOP/s. */
  readonly peak: number;
  /** Share of the peak that a large product reaches. */
  readonly efficiency: number;
}

/**
 * Time of a matrix product on an idle device: its start, and computing while operands move. The two
 * overlap but for a corner, where neither is much longer than the other.
 *
 * @param traffic bytes read and written
 * @returns seconds; grows with `batch`, `m`, `n` and `k`, never below FLOP / peak nor traffic / bandwidth
 */
export function gemmSeconds(
  device: Device,
  speed: MatrixSpeed,
  product: MatrixProduct,
  traffic: number,
): number {
  return (
    device.productStart +
    overlapped(computeSeconds(device, speed, product), traffic / device.operandBandwidth)
  );
}

/** Fourth root of the sum of fourth powers: forms of kernels.csv with it are a point nearer than the maximum. */
function overlapped(compute: number, transfer: number): number {
  const a = compute * compute;
  const b = transfer * transfer;
  return Math.sqrt(Math.sqrt(a * a + b * b));
}

/**
 * Time of the products of a group of experts, each with weights of its own.
 *
 * Tiles of all experts share the waves. Weights are used once and never in cache, and too few tiles
 * use each of them to hide its way from memory, so that a share of it adds to the compute. A library
 * that starts the products one by one cannot go faster than it starts them.
 *
 * @param moved bytes read and written, and those of weights or of their gradients among them
 * @returns seconds
 */
export function groupedGemmSeconds(
  device: Device,
  speed: MatrixSpeed,
  product: MatrixProduct,
  moved: {readonly traffic: number; readonly weightTraffic: number},
): number {
  const exposed = (device.groupedExposure * moved.weightTraffic) / device.operandBandwidth;
  const kernels = overlapped(
    computeSeconds(device, speed, product) + exposed,
    moved.traffic / device.operandBandwidth,
  );
  return device.productStart + Math.max(kernels, product.batch * device.groupedIssue);
}

function computeSeconds(device: Device, {peak, efficiency}: MatrixSpeed, product: MatrixProduct): number {
  return matrixFlop(device, product) / (peak * efficiency);
}

/**
 * FLOP that all compute units could have done at the speed of a large product while they do this one:
 * its own, those of edge tiles that are partly empty, of units that idle in the last wave of tiles, and
 * of prologues and epilogues, which cost each tile as much as `halfDepth` of its main loop.
 *
 * The library picks the tile that suits the shape: the full tile, or a half, quarter or eighth of it, which
 * reads more per FLOP and so runs slower. Takes 25 ns; called some hundred thousand times a search.
 *
 * @see NVIDIA, "Matrix Multiplication Background User's Guide" (DU-09799-001), chapter 3, "Dimension
 * Quantization Effects": tile and wave quantization; 2.3: larger tiles run more efficiently
 */
export function matrixFlop(device: Device, product: MatrixProduct): number {
  const {tileRows, tileColumns} = device;
  const full = waves(device, product, tileRows, tileColumns);
  const half = waves(device, product, tileRows, tileColumns / 2) / (2 * device.halfTileSpeed);
  const quarter = waves(device, product, tileRows / 2, tileColumns / 2) / (4 * device.quarterTileSpeed);
  const eighth = waves(device, product, tileRows / 2, tileColumns / 4) / (8 * device.eighthTileSpeed);
  const depth = product.k + (product.outputBytes > 2 ? device.halfDepth32 : device.halfDepth);
  const unitFlop = 2 * device.numComputeUnits * tileRows * tileColumns * depth;
  return Math.min(full, half, quarter, eighth) * unitFlop;
}

/** Tiles that the busiest compute unit does. */
function waves(
  {numComputeUnits, wholeWaves}: Device,
  {batch, m, n}: MatrixProduct,
  rows: number,
  columns: number,
): number {
  const share = (batch * Math.ceil(m / rows) * Math.ceil(n / columns)) / numComputeUnits;
  return wholeWaves ? Math.ceil(share) : Math.max(1, share);
}

/** Time of `kernels` that only stream `traffic` bytes in all. @returns seconds */
export function streamSeconds(device: Device, traffic: number, kernels = 1): number {
  return kernels * device.streamStart + traffic / device.streamBandwidth;
}

/** Time of a kernel that streams the tokens of experts, whose parts have unequal lengths. @returns seconds */
export function expertStreamSeconds(device: Device, traffic: number): number {
  return device.streamStart + traffic / (device.streamBandwidth * device.expertScale);
}

/**
 * Speed of a product over that of one whose rows all start on 16 bytes: others have to be loaded in smaller
 * pieces. See NVIDIA DU-09799-001, section 2.2; the figures are fitted to the logits of measurements.csv,
 * rows vtrainSingle, whose vocabulary of 50257 is divided without padding: rows of 50257, 25128, 12564 and
 * 6282 16-bit values on 1, 2, 4 and 8 tensor ranks.
 */
export function alignmentSpeed(rowBytes: number): number {
  if (rowBytes % 16 === 0) return 1;
  if (rowBytes % 8 === 0) return alignedSpeed.eight;
  return rowBytes % 4 === 0 ? alignedSpeed.four : alignedSpeed.two;
}

const alignedSpeed = {eight: 0.75, four: 0.7, two: 0.33} as const;
