import type {Fusions} from '../../frameworks/stack.js';
import type {Elementwise, NormOperator, Traffic} from '../../model/operators.js';
import {type RankWorkload, tokenCounts} from '../workload/rank-workload.js';
import {type PassWork, workOf} from '../workload/work.js';
import type {KernelContext} from './device.js';
import {streamSeconds} from './gemm.js';

/**
 * Kernels and passes over 16-bit values of a norm: as one kernel, as PyTorch's layer norm, or as one for each
 * step of its formula. Passes are measured, over the bytes that a stream moves in the same time: gains, sums
 * over rows and 32-bit intermediates cost more than values that are read once.
 *
 * Fused: cuDNN 9.19 on H200 and GB300 (NVIDIA/cudnn-frontend), Liger and QuACK. The others: A100 and GH200
 * (DebarghaG/estimate-train-time at 1ac4d5e), in 32 bits Hugging Face's on A100 (linkedin/Liger-Kernel at ead96b6).
 */
const normPasses = {
  fused: {kernels: 1, forward: 2.2, backward: 3.5},
  torch: {kernels: 1, forward: 3, backward: 9.3},
  'in-16-bits': {kernels: 5, forward: 10, backward: 50},
  'in-32-bits': {kernels: 8, forward: 25, backward: 68},
} as const;

/** A norm: memory traffic over the tokens of this rank, in one kernel or in one for each step. */
export function normWork({device, workload}: KernelContext, norm: NormOperator): PassWork {
  const bytes = elementsOf(norm.features, norm.split, workload) * device.activationBytes;
  const passes = normPasses[normKind(norm, workload)];
  return workOf({
    forward: streamSeconds(device, passes.forward * bytes, passes.kernels),
    backwardInput: streamSeconds(device, passes.backward * bytes, 2 * passes.kernels),
    forwardKernels: passes.kernels,
    backwardKernels: 2 * passes.kernels,
  });
}

function normKind({type}: NormOperator, {fused, eagerNorm}: RankWorkload): keyof typeof normPasses {
  if (fused.norm) return 'fused';
  return type === 'rms' ? eagerNorm : 'torch';
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
      pass.kernels,
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
