import {type PassWork, workOf} from '../workload/work.js';
import type {Device, KernelContext} from './device.js';
import {alignmentSpeed, expertStreamSeconds, gemmSeconds, groupedGemmSeconds, streamSeconds} from './gemm.js';

/** (m x k) by (k x n): tokens by outputs over inputs. */
interface LinearShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

interface LinearOptions {
  /** Runs in the precision of the layers, not in 16 bits. */
  readonly narrow: boolean;
  readonly biasKernels: number;
}

/** A product of activations and weights, and the two products of its backward pass. */
export function linearWork(
  {device, workload}: KernelContext,
  {m, n, k}: LinearShape,
  {narrow, biasKernels}: LinearOptions,
): PassWork {
  const {activationBytes: a} = device;
  const aligned = Math.min(alignmentSpeed(a * n), alignmentSpeed(a * k));
  const speed = {
    peak: narrow ? device.gemmPeak : device.gemm16Peak,
    efficiency: aligned * (narrow ? device.gemmEfficiency : device.gemm16Efficiency),
  };
  const w = narrow ? device.weightBytes : a;
  const g = workload.gradientBytes;
  const moved = a * m * k + w * k * n + a * m * n;
  // The weight gradient is added to the accumulated one: read and written.
  const accumulated = a * m * k + a * m * n + 2 * g * k * n;
  const casts = narrow && device.castBytes > 0 ? 1 : 0;
  const forward = {batch: 1, m, n, k, outputBytes: a};
  const backwardInput = {batch: 1, m, n: k, k: n, outputBytes: a};
  const backwardWeight = {batch: 1, m: k, n, k: m, outputBytes: g};
  // The gradient of a bias is the sum of the output's gradient over the tokens.
  const biasGradient = biasKernels > 0 ? streamSeconds(device, a * m * n) : 0;
  return workOf({
    forward: gemmSeconds(device, speed, forward, moved) + casts * castSeconds(device, m * k),
    backwardInput: gemmSeconds(device, speed, backwardInput, moved) + casts * castSeconds(device, m * n),
    backwardWeight: gemmSeconds(device, speed, backwardWeight, accumulated) + biasGradient,
    forwardKernels: 1 + biasKernels + casts,
    backwardKernels: 2 + biasKernels + casts,
  });
}

/**
 * Input and output gradient are read in 16 bits and written in the narrow format, once as they are and
 * once transposed for the weight gradient. Weights are cast once a step. Transformer Engine, FP8 primer.
 */
function castSeconds(device: Device, elements: number): number {
  return streamSeconds(device, device.castBytes * elements);
}

/** One projection of `experts` experts, each with weights of its own. @param shape of one expert */
export function groupedWork(
  {device, workload}: KernelContext,
  experts: number,
  {m, n, k}: LinearShape,
): PassWork {
  const {activationBytes: a} = device;
  const speed = {peak: device.gemmPeak, efficiency: device.gemmEfficiency};
  const g = workload.gradientBytes;
  const activations = experts * a * m * (k + n);
  const weights = experts * device.weightBytes * k * n;
  const gradients = experts * 2 * g * k * n;
  const read = {traffic: activations + weights, weightTraffic: weights};
  const updated = {traffic: activations + gradients, weightTraffic: gradients};
  const casts = device.castBytes > 0 ? 1 : 0;
  const cast = (columns: number) =>
    casts * expertStreamSeconds(device, device.castBytes * experts * m * columns);
  const forward = {batch: experts, m, n, k, outputBytes: a};
  const backwardInput = {batch: experts, m, n: k, k: n, outputBytes: a};
  const backwardWeight = {batch: experts, m: k, n, k: m, outputBytes: g};
  return workOf({
    forward: groupedGemmSeconds(device, speed, forward, read) + cast(k),
    backwardInput: groupedGemmSeconds(device, speed, backwardInput, read) + cast(n),
    backwardWeight: groupedGemmSeconds(device, speed, backwardWeight, updated),
    // The host starts the product, and the cast, of one expert after the other.
    forwardKernels: experts * (1 + casts),
    backwardKernels: experts * (2 + casts),
  });
}
