import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

const source = (table: number) => `Charles et al. 2025, "Scaling Laws for DiLoCo", Table ${table}`;

/** Of the inner optimizer at 20 tokens a parameter and the best batch. */
export const dilocoDataParallelRate = independent('data parallel', 16319.2, -0.819);
export const diloco1Rate = independent('one replica', 74620.6, -0.945);
export const diloco2Rate = independent('2 replicas', 3978.82, -0.78);
export const diloco4Rate = independent('4 replicas', 4512.99, -0.789);
export const diloco8Rate = independent('8 replicas', 618986, -1.102);

export const dilocoJointRate = {
  title: 'Charles 2025 (DiLoCo), best inner learning rate',
  factor: withoutError(22256),
  exponents: {parameters: withoutError(-0.8827), replicas: withoutError(0.2929)},
  counts: 'all parameters',
  source: source(10),
  mark: 'read',
  range: {mark: 'read', bounds: {parameters: {from: 35e6, to: 2.4e9}, replicas: {from: 1, to: 8}}},
  note: '',
} as const satisfies PowerLaw<'parameters' | 'replicas'>;

function independent(replicas: string, factor: number, exponent: number) {
  return {
    title: `Charles 2025 (DiLoCo), best inner learning rate, ${replicas}`,
    factor: withoutError(factor),
    exponents: {parameters: withoutError(exponent)},
    counts: 'all parameters',
    source: source(8),
    mark: 'read',
    range: {mark: 'read', bounds: {parameters: {from: 35e6, to: 2.4e9}}},
    note: '',
  } as const satisfies PowerLaw<'parameters'>;
}
