import type {Fusions} from '../../frameworks/stack.js';
import type {Elementwise, NormOperator, Traffic} from '../../model/operators.js';
import {type RankWorkload, tokenCounts} from '../workload/rank-workload.js';
import {type PassWork, workOf} from '../workload/work.js';
import type {KernelContext} from './device.js';
import {streamSeconds} from './gemm.js';

/** Kernels and passes over 16-bit values of a norm as one kernel, or as one for each step of its formula. */
const normPasses = {
  fused: {kernels: 1, forward: 2, backward: 3},
  // To 32 bits, square, mean, scale, back to 16 bits, gain; backward each step again, with sums.
  separate: {kernels: 8, forward: 18, backward: 37},
} as const;

/** A norm: memory traffic over the tokens of this rank, in one kernel or in one for each step. */
export function normWork({device, workload}: KernelContext, norm: NormOperator): PassWork {
  const bytes = elementsOf(norm.features, norm.split, workload) * device.activationBytes;
  // PyTorch has a kernel of its own for layer norms, and composed the others until 2024.
  const fused = workload.fused.norm || norm.type !== 'rms';
  const passes = fused ? normPasses.fused : normPasses.separate;
  return workOf({
    forward: streamSeconds(device, passes.forward * bytes),
    backwardInput: streamSeconds(device, passes.backward * bytes),
    forwardKernels: passes.kernels,
    backwardKernels: 2 * passes.kernels,
  });
}

function elementsOf(features: number, split: 'tensor' | 'sequence', workload: RankWorkload): number {
  const {shared, own} = tokenCounts(workload);
  return split === 'tensor' ? (shared / workload.tensor) * features : own * features;
}

/** Rotary positions, activation or residual: memory traffic, fused or not as the stack has it. */
export function elementwiseWork({device, workload}: KernelContext, operator: Elementwise): PassWork {
  const {forward, backward} = isFused(operator, workload.fused) ? operator.fused : operator.separate;
  const seconds = (pass: Traffic) =>
    streamSeconds(
      device,
      elementsOf(pass.reads + pass.writes, operator.split, workload) * device.activationBytes,
    );
  return workOf({
    forward: seconds(forward),
    backwardInput: seconds(backward),
    forwardKernels: forward.kernels,
    backwardKernels: backward.kernels,
  });
}

/** Whether the stack runs the operator as one kernel. */
export function isFused({name}: Elementwise, fused: Fusions): boolean {
  return name === 'embedding-dropout' || name === 'shared-gate' || fused[name];
}
