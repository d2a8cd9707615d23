import {type Accelerator, type Precision, precisions} from '../../cluster/accelerator.js';
import type {KernelRow} from '../kernel-rows/kernel-row.js';

/** A fact of an accelerator that kernels of a bench determine. */
export interface DeviceFact {
  /** Keys below `accelerator` in a profile. */
  readonly path: readonly string[];
  readonly unit: 'fraction' | 'count' | 'seconds';
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

/**
 * A number among the kernel facts of an accelerator.
 *
 * @param at keys of `KernelFacts`, from the outermost inwards
 * @param path of the same in a profile
 */
function kernelFact(
  at: readonly string[],
  path: readonly string[],
  {unit, low, high}: Pick<DeviceFact, 'unit' | 'low' | 'high'>,
): DeviceFact {
  return {
    path: ['kernels', ...path],
    unit,
    low,
    high,
    of: ({kernels}) => numberAt(kernels, at) ?? Number.NaN,
    with: (accelerator, value) => ({
      ...accelerator,
      kernels: withNumber(accelerator.kernels, at, value) as Accelerator['kernels'],
    }),
  };
}

function numberAt(facts: object, [key = '', ...below]: readonly string[]): number | null {
  const value = (facts as Readonly<Record<string, unknown>>)[key];
  if (below.length === 0) return typeof value === 'number' ? value : null;
  return typeof value === 'object' && value !== null ? numberAt(value, below) : null;
}

function withNumber(facts: object, [key = '', ...below]: readonly string[], value: number): object {
  const under = (facts as Readonly<Record<string, object>>)[key];
  return {...facts, [key]: below.length === 0 ? value : withNumber(under ?? {}, below, value)};
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
const start = {unit: 'seconds', low: 1e-7, high: 1e-3} as const;

/** Kinds of kernel in the order in which they are fitted: products and attention stream their operands too. */
export const deviceFamilies: readonly DeviceFamily[] = [
  {
    holds: ({operator}) => operator === 'copy',
    facts: () => [
      kernelFact(['memoryEfficiency'], ['memory_efficiency'], share),
      kernelFact(['start', 'stream'], ['start', 'stream'], start),
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
      kernelFact(['operandEfficiency'], ['operand_efficiency'], share),
      kernelFact(['halfDepth'], ['half_depth'], {unit: 'count', low: 1, high: 4000}),
      kernelFact(['smallTileLoss'], ['tile', 'small_loss'], {unit: 'fraction', low: 0.005, high: 0.6}),
      kernelFact(['start', 'product'], ['start', 'product'], start),
    ],
  },
  {
    holds: ({operator, library}) => operator === 'attention' && !/unfused/i.test(library),
    facts: () =>
      ['forward', 'backward'].flatMap(pass => [
        kernelFact(['attention', pass, 'rate'], ['attention', pass], share),
        kernelFact(['flash2', pass, 'rate'], ['flash2', pass], share),
      ]),
  },
];
