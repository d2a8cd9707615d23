import type {Fusions} from '../../frameworks/stack.js';
import type {Elementwise, NormOperator, Traffic} from '../../model/operators.js';
import {type Shard, tokenCounts} from '../shard.js';
import {type ComputeCost, noCompute} from './compute-cost.js';
import type {Device} from './device.js';
import {streamSeconds} from './gemm.js';

/** Kernels and passes over 16-bit values of a norm as one kernel, or as one for each step of its formula. */
const normPasses = {
  fused: {kernels: 1, forward: 2, backward: 3},
  // To 32 bits, square, mean, scale, back to 16 bits, gain; backward each step again, with sums.
  separate: {kernels: 8, forward: 18, backward: 37},
} as const;

/** A norm: memory traffic over the tokens of this rank, in one kernel or in one for each step. */
export function normCost(device: Device, norm: NormOperator, shard: Shard): ComputeCost {
  const elements = elementsOf(norm.features, norm.split, shard) * device.activationBytes;
  // PyTorch has a kernel of its own for layer norms, and composed the others until 2024.
  const fused = shard.fused.norm || norm.type !== 'rms';
  const passes = fused ? normPasses.fused : normPasses.separate;
  return {
    ...noCompute,
    forward: streamSeconds(device, passes.forward * elements),
    backwardInput: streamSeconds(device, passes.backward * elements),
    forwardKernels: passes.kernels,
    backwardKernels: 2 * passes.kernels,
  };
}

function elementsOf(features: number, split: 'tensor' | 'sequence', shard: Shard): number {
  const {shared, own} = tokenCounts(shard);
  return split === 'tensor' ? (shared / shard.tensor) * features : own * features;
}

/** Rotary positions, activation or residual: memory traffic, fused or not as the stack has it. */
export function elementwiseCost(device: Device, operator: Elementwise, shard: Shard): ComputeCost {
  const {forward, backward} = isFused(operator, shard.fused) ? operator.fused : operator.separate;
  const seconds = (pass: Traffic) =>
    streamSeconds(
      device,
      elementsOf(pass.reads + pass.writes, operator.split, shard) * device.activationBytes,
    );
  return {
    ...noCompute,
    forward: seconds(forward),
    backwardInput: seconds(backward),
    forwardKernels: forward.kernels,
    backwardKernels: backward.kernels,
  };
}

/** Whether the stack runs the operator as one kernel. */
export function isFused({name}: Elementwise, fused: Fusions): boolean {
  return name === 'embedding-dropout' || name === 'shared-gate' || fused[name];
}
