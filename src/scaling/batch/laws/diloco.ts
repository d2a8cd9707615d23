import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

/** The paper speaks of tokens, its figures show sequences of so many. */
const sequenceLength = 2048;

const source = (table: number) =>
  `Charles et al. 2025, "Scaling Laws for DiLoCo", Table ${table}; the unit follows from its figures`;

/** Global batch at 20 tokens a parameter, over all replicas. */
export const dilocoDataParallelBatch = independent('data parallel', 0.22592, 0.281);
export const diloco1Batch = independent('one replica', 0.01361, 0.435);
export const diloco2Batch = independent('2 replicas', 0.00769, 0.479);
export const diloco4Batch = independent('4 replicas', 0.00535, 0.51);
export const diloco8Batch = independent('8 replicas', 0.01859, 0.455);

export const dilocoJointBatch = {
  title: 'Charles 2025 (DiLoCo), best batch',
  factor: withoutError(0.00709 * sequenceLength),
  exponents: {parameters: withoutError(0.4695), replicas: withoutError(0.3399)},
  counts: 'all parameters',
  source: source(10),
  mark: 'read',
  range: {mark: 'read', bounds: {parameters: {from: 35e6, to: 2.4e9}, replicas: {from: 1, to: 8}}},
  note: '',
} as const satisfies PowerLaw<'parameters' | 'replicas'>;

function independent(replicas: string, factor: number, exponent: number) {
  return {
    title: `Charles 2025 (DiLoCo), best batch, ${replicas}`,
    factor: withoutError(factor * sequenceLength),
    exponents: {parameters: withoutError(exponent)},
    counts: 'all parameters',
    source: source(9),
    mark: 'read',
    range: {mark: 'read', bounds: {parameters: {from: 35e6, to: 2.4e9}}},
    note: '',
  } as const satisfies PowerLaw<'parameters'>;
}
