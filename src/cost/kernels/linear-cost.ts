import {type ComputeCost, noCompute} from './compute-cost.js';
import type {Device} from './device.js';
import {alignmentSpeed, expertStreamSeconds, gemmSeconds, streamSeconds} from './gemm.js';
import {groupedGemmSeconds} from './grouped-gemm.js';

/** (m x k) by (k x n): tokens by outputs over inputs. */
interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

interface LinearOptions {
  readonly gradientBytes: number;
  /** Runs in the precision of the layers, not in 16 bits. */
  readonly narrow: boolean;
  readonly biasKernels: number;
}

/** A product of activations and weights, and the two products of its backward pass. Seconds and kernels. */
export function linearCost(device: Device, shape: Product, options: LinearOptions): ComputeCost {
  const {m, n, k} = shape;
  const {narrow, biasKernels, gradientBytes} = options;
  const {activationBytes: a} = device;
  const peak = narrow ? device.gemmPeak : device.gemm16Peak;
  const aligned = Math.min(alignmentSpeed(a * n), alignmentSpeed(a * k));
  const efficiency = aligned * (narrow ? device.gemmEfficiency : device.gemm16Efficiency);
  const w = narrow ? device.weightBytes : a;
  const g = gradientBytes;
  const moved = a * m * k + w * k * n + a * m * n;
  // The weight gradient is added to the accumulated one: read and written.
  const accumulated = a * m * k + a * m * n + 2 * g * k * n;
  const casts = narrow && device.castBytes > 0 ? 1 : 0;
  return {
    ...noCompute,
    forward: gemmSeconds(device, peak, efficiency, 1, m, n, k, a, moved) + casts * castSeconds(device, m * k),
    backwardInput:
      gemmSeconds(device, peak, efficiency, 1, m, k, n, a, moved) + casts * castSeconds(device, m * n),
    backwardWeight: gemmSeconds(device, peak, efficiency, 1, k, n, m, g, accumulated),
    forwardKernels: 1 + biasKernels + casts,
    backwardKernels: 2 + biasKernels + casts,
  };
}

/**
 * Input and output gradient are read in 16 bits and written in the narrow format, once as they are and
 * once transposed for the weight gradient. Weights are cast once a step. Transformer Engine, FP8 primer.
 */
function castSeconds(device: Device, elements: number): number {
  return streamSeconds(device, device.castBytes * elements);
}

/** One projection of `experts` experts, each with weights of its own. */
export function groupedCost(
  device: Device,
  experts: number,
  product: Product,
  gradientBytes: number,
): ComputeCost {
  const {m, n, k} = product;
  const {activationBytes: a, gemmPeak: peak, gemmEfficiency: efficiency} = device;
  const g = gradientBytes;
  const activations = experts * a * m * (k + n);
  const weights = experts * device.weightBytes * k * n;
  const gradients = experts * 2 * g * k * n;
  const moved = activations + weights;
  const updated = activations + gradients;
  const casts = device.castBytes > 0 ? 1 : 0;
  return {
    ...noCompute,
    forward:
      groupedGemmSeconds(device, peak, efficiency, experts, m, n, k, a, moved, weights) +
      casts * expertStreamSeconds(device, device.castBytes * experts * m * k),
    backwardInput:
      groupedGemmSeconds(device, peak, efficiency, experts, m, k, n, a, moved, weights) +
      casts * expertStreamSeconds(device, device.castBytes * experts * m * n),
    backwardWeight: groupedGemmSeconds(device, peak, efficiency, experts, k, n, m, g, updated, gradients),
    // The host starts the product, and the cast, of one expert after the other.
    forwardKernels: experts * (1 + casts),
    backwardKernels: experts * (2 + casts),
  };
}
