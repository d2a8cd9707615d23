import type {Precision} from '../../cluster/accelerator.js';
import type {Cluster} from '../../cluster/cluster.js';
import {type Device, deviceFor, hasPrecision} from '../../cost/kernels/device.js';
import type {RankWorkload} from '../../cost/workload/rank-workload.js';
import {type PassWork, workTerm} from '../../cost/workload/work.js';
import type {KernelPassName, KernelRow} from './kernel-row.js';
import {kernelWorks} from './kernel-work.js';

/** Seconds of a measured operator by the model, or why it has none. */
export type OperatorPrice = {readonly seconds: number} | {readonly reason: string};

/** Prices kernels on the devices of a machine, by the functions that a step is priced with, without launch. */
export function kernelPricer(machine: Cluster): (row: KernelRow) => OperatorPrice {
  const devices = new Map<Precision, Device>();
  const workload = oneToken(machine);
  return row => {
    const work = kernelWorks[row.operator];
    if (work === undefined) return {reason: `${row.operator} is not modelled`};
    const precision = precisionOf(row.dtype ?? 'not stated', machine);
    if (precision === null) return {reason: `no mode for ${row.dtype} operands is modelled`};
    if (!hasPrecision(machine, precision)) {
      return {reason: `${machine.accelerator.name} has no ${precision}`};
    }
    let device = devices.get(precision);
    if (device === undefined) {
      device = deviceFor(machine, precision);
      devices.set(precision, device);
    }
    const gradientBytes = device.activationBytes;
    const priced = work({row, context: {device, workload: {...workload, gradientBytes}}});
    return 'reason' in priced ? priced : secondsOf(priced, row.pass);
  };
}

function secondsOf(work: PassWork, pass: KernelPassName): OperatorPrice {
  const {forward, backwardInput, backwardWeight} = workTerm;
  const input = work[backwardInput];
  const weight = work[backwardWeight];
  const seconds = {
    forward: work[forward],
    backward: input + weight,
    both: work[forward] + input + weight,
    'input-gradient': input,
    'weight-gradient': weight,
    step: 0,
  }[pass];
  return seconds > 0 ? {seconds} : {reason: `the ${pass} pass is not modelled`};
}

const precisionWords: readonly (readonly [RegExp, Precision])[] = [
  [/^(nvfp4|mxfp4|fp4)/, 'nvfp4'],
  // A device with a mode for scaled blocks takes blocks of any size in it.
  [/^(mxfp8|fp8-block)/, 'mxfp8'],
  [/^fp8/, 'fp8'],
  [/^int8/, 'int8'],
  [/^(bf16|not stated)/, 'bf16'],
  [/^fp16/, 'fp16'],
  [/^tf32/, 'tf32'],
  [/^fp32/, 'fp32'],
];

/** Format of the operands, or the one that a cast writes; null for operands of two formats. */
function precisionOf(dtype: string, machine: Cluster): Precision | null {
  const [from = '', to = from] = dtype.toLowerCase().split('->');
  if (/x(int|fp)\d/.test(to)) return null;
  const precision = precisionWords.find(([pattern]) => pattern.test(to))?.[1] ?? null;
  // Devices without a mode for scaled blocks run them as plain 8 bits.
  return precision === 'mxfp8' && !hasPrecision(machine, 'mxfp8') ? 'fp8' : precision;
}

/** A micro-batch of one token on one rank, whose operators are fused. */
function oneToken({software}: Cluster): RankWorkload {
  return {
    tensor: 1,
    expertTensor: 1,
    expert: 1,
    context: 1,
    sequenceParallel: false,
    microBatch: 1,
    sequenceLength: 1,
    attentionKernel: 'flash3',
    fused: {
      norm: true,
      activation: true,
      residual: true,
      rotary: true,
      crossEntropy: true,
      optimizer: true,
    },
    eagerNorm: 'in-32-bits',
    eagerLoss: 'torch',
    dropout: false,
    selective: [],
    paddedVocabulary: 1,
    memory: software.memory,
    gradientBytes: 2,
    contextExchange: 'all-gather',
    asyncTensor: false,
    expertDispatch: 'per-expert',
    expertDispatchBytes: 2,
    causalImbalance: 1,
    expertImbalance: 1,
  };
}
