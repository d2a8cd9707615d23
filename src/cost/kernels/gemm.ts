import type {Device} from './device.js';

/**
 * Time of a matrix product on an idle device: the longer of computing and of moving its operands.
 *
 * A device that its power limit slows down does so by its `efficiency`.
 *
 * @param peak FLOP/s of the matrix units; @param efficiency share of it that a large product reaches
 * @param outputBytes of one element of the output, which the epilogue of each tile writes
 * @param traffic bytes read and written
 * @returns seconds; grows with `batch`, `m`, `n` and `k`, never below FLOP / peak nor traffic / bandwidth
 */
export function gemmSeconds(
  device: Device,
  peak: number,
  efficiency: number,
  batch: number,
  m: number,
  n: number,
  k: number,
  outputBytes: number,
  traffic: number,
): number {
  const compute = matrixFlop(device, batch, m, n, k, outputBytes) / (peak * efficiency);
  return Math.max(compute, traffic / device.memoryBandwidth);
}

/**
 * FLOP that all compute units could have done at the speed of a large product while they do this one:
 * its own, those of edge tiles that are partly empty, of units that idle in the last wave of tiles, and
 * of prologues and epilogues, which cost each tile as much as `halfDepth` of its main loop.
 *
 * The library picks the tile that suits the shape: the full tile, or a half or quarter of it, which
 * reads more per FLOP and so runs slower. Takes 25 ns; called some hundred thousand times a search.
 *
 * @see NVIDIA, "Matrix Multiplication Background User's Guide" (DU-09799-001), chapter 3, "Dimension
 * Quantization Effects": tile and wave quantization; 2.3: larger tiles run more efficiently
 */
export function matrixFlop(
  device: Device,
  batch: number,
  m: number,
  n: number,
  k: number,
  outputBytes: number,
): number {
  const {tileRows, tileColumns, numComputeUnits: units} = device;
  const full = wavesOf(batch, m, n, tileRows, tileColumns, units);
  const half = wavesOf(batch, m, n, tileRows, tileColumns / 2, units) / (2 * device.halfTileSpeed);
  const quarter = wavesOf(batch, m, n, tileRows / 2, tileColumns / 2, units) / (4 * device.quarterTileSpeed);
  const depth = k + (outputBytes > 2 ? device.halfDepth32 : device.halfDepth);
  return 2 * Math.min(full, half, quarter) * units * tileRows * tileColumns * depth;
}

function wavesOf(batch: number, m: number, n: number, rows: number, columns: number, units: number): number {
  return Math.ceil((batch * Math.ceil(m / rows) * Math.ceil(n / columns)) / units);
}

/** Time of a kernel that only streams `traffic` bytes. @returns seconds */
export function streamSeconds(device: Device, traffic: number): number {
  return device.trafficLatency + traffic / device.streamBandwidth;
}

/** The same of a kernel over the tokens of experts, which lie in parts of unequal length. */
export function expertStreamSeconds(device: Device, traffic: number): number {
  return device.trafficLatency + traffic / (device.streamBandwidth * device.expertScale);
}

/**
 * Speed of a product over that of one whose rows all start on 16 bytes: others have to be loaded in smaller
 * pieces. NVIDIA DU-09799-001, section 2.2, says so; the figures are fitted to the logits of measurements.csv,
 * rows vtrainSingle, whose vocabulary of 50257 is divided without padding: rows of 50257, 25128, 12564 and
 * 6282 16-bit values on 1, 2, 4 and 8 tensor ranks.
 */
export function alignmentSpeed(rowBytes: number): number {
  if (rowBytes % 16 === 0) return 1;
  if (rowBytes % 8 === 0) return alignedSpeed.eight;
  return rowBytes % 4 === 0 ? alignedSpeed.four : alignedSpeed.two;
}

const alignedSpeed = {eight: 0.75, four: 0.7, two: 0.33} as const;
