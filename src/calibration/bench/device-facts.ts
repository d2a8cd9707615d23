import {type Accelerator, type Precision, precisions} from '../../cluster/accelerator.js';
import {bytes} from '../../units/quantities.js';
import type {KernelRow} from '../kernel-rows/kernel-row.js';

/** A fact of an accelerator that kernels of a bench determine. */
export interface DeviceFact {
  /** Keys below `accelerator` in a profile. */
  readonly path: readonly string[];
  readonly unit: 'fraction' | 'count' | 'bytes';
  readonly low: number;
  readonly high: number;
  readonly of: (accelerator: Accelerator) => number;
  readonly with: (accelerator: Accelerator, value: number) => Accelerator;
}

/** Facts that are fitted together to the kernels of one kind. */
export interface DeviceFamily {
  readonly holds: (row: KernelRow) => boolean;
  readonly facts: (rows: readonly KernelRow[], accelerator: Accelerator) => readonly DeviceFact[];
}

type Kernels = Accelerator['kernels'];

/** A number among the kernel facts. */
function kernelFact(
  key: keyof Kernels,
  path: readonly string[],
  {unit, low, high}: Pick<DeviceFact, 'unit' | 'low' | 'high'>,
): DeviceFact {
  return {
    path: ['kernels', ...path],
    unit,
    low,
    high,
    of: ({kernels}) => kernels[key] as number,
    with: (accelerator, value) => ({...accelerator, kernels: {...accelerator.kernels, [key]: value}}),
  };
}

function efficiencyAt(precision: Precision): DeviceFact {
  return {
    path: ['kernels', 'gemm_efficiency', precision],
    unit: 'fraction',
    low: 0.02,
    high: 1,
    of: ({kernels: {gemmEfficiency}}) => gemmEfficiency[precision] ?? gemmEfficiency.default,
    with: (accelerator, value) => ({
      ...accelerator,
      kernels: {
        ...accelerator.kernels,
        gemmEfficiency: {...accelerator.kernels.gemmEfficiency, [precision]: value},
      },
    }),
  };
}

const share = {unit: 'fraction', low: 0.01, high: 1} as const;

/** Kinds of kernel in the order in which they are fitted: products and attention stream their operands too. */
export const deviceFamilies: readonly DeviceFamily[] = [
  {
    holds: ({operator}) => operator === 'copy',
    facts: () => [
      kernelFact('memoryEfficiency', ['memory_efficiency'], share),
      kernelFact('halfTraffic', ['half_traffic'], {unit: 'bytes', low: bytes(1e3), high: bytes(1e9)}),
    ],
  },
  {
    holds: ({operator}) => operator === 'matmul',
    facts: (rows, {peak}) => [
      ...precisions.flatMap(precision =>
        peak[precision] !== undefined && rows.some(({dtype}) => dtype === precision)
          ? [efficiencyAt(precision)]
          : [],
      ),
      kernelFact('halfDepth', ['half_depth'], {unit: 'count', low: 1, high: 4000}),
      kernelFact('smallTileLoss', ['tile', 'small_loss'], {unit: 'fraction', low: 0.005, high: 0.6}),
    ],
  },
  {
    holds: ({operator, library}) => operator === 'attention' && !/unfused/i.test(library),
    facts: () => [
      kernelFact('attentionForward', ['attention', 'forward'], share),
      kernelFact('attentionBackward', ['attention', 'backward'], share),
    ],
  },
];
