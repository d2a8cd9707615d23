import type {Device} from './device.js';
import {matrixFlop} from './gemm.js';

/**
 * Time of the products of a group of experts, `batch` products of (m x k) by (k x n), each with
 * weights of its own.
 *
 * Tiles of all experts share the waves. Weights are used once and never in cache, and too few tiles
 * use each of them to hide its way from memory, so that a share of it adds to the compute. A library
 * that starts the products one by one cannot go faster than it starts them.
 *
 * @param peak FLOP/s of the matrix units; @param efficiency share of it that a large product reaches
 * @param outputBytes of one element of the output
 * @param traffic bytes read and written; @param weightTraffic those of weights or of their gradients
 * @returns seconds
 */
export function groupedGemmSeconds(
  device: Device,
  peak: number,
  efficiency: number,
  batch: number,
  m: number,
  n: number,
  k: number,
  outputBytes: number,
  traffic: number,
  weightTraffic: number,
): number {
  const compute = matrixFlop(device, batch, m, n, k, outputBytes) / (peak * efficiency);
  const exposed = (device.groupedExposure * weightTraffic) / device.memoryBandwidth;
  return Math.max(compute + exposed, traffic / device.memoryBandwidth, batch * device.groupedIssue);
}
