import {withoutError} from '../law-facts.js';
import type {PowerLaw} from '../power-law.js';

/** Standard errors: the 2.5 to 97.5 % interval of the authors' 1,000 resamples over twice 1.96. */
const stepLawRate = {
  title: 'Step Law 2025, best peak learning rate',
  factor: {value: 1.797, standardError: 0.616},
  exponents: {
    parameters: {value: -0.7129, standardError: 0.0304},
    tokens: {value: 0.3075, standardError: 0.0189},
  },
  counts: 'without embeddings',
  source:
    '"Predictable Scale: Part I, Step Law" (arXiv 2503.04715); step-law/steplaw at 32a8f4c, coefficients of 1,000 resamples',
  mark: 'read',
  range: {
    mark: 'recalled',
    bounds: {parameters: {from: 60e6, to: 1e9}, tokens: {from: 2e9, to: 100e9}},
  },
  note: 'peak of a cosine that ends at 1e-5, at the best batch',
} as const satisfies PowerLaw<'parameters' | 'tokens'>;

const deepSeekRate = {
  title: 'DeepSeek 2024, best learning rate',
  factor: withoutError(0.3118),
  exponents: {flop: withoutError(-0.125)},
  counts: null,
  source: 'DeepSeek-AI 2024, "DeepSeek LLM", eq. 1',
  mark: 'read',
  range: {mark: 'recalled', bounds: {flop: {from: 1e17, to: 2e19}}},
  note: 'at its own best division of compute',
} as const satisfies PowerLaw<'flop'>;

const mm1Rate = {
  title: 'MM1 2024, best learning rate',
  factor: withoutError(Math.exp(-0.5535)),
  exponents: {parameters: withoutError(-0.4214)},
  counts: 'without embeddings',
  source: 'McKinzie et al. 2024, "MM1", eq. 1',
  mark: 'read',
  range: {mark: 'derived', bounds: {}},
  note: '',
} as const satisfies PowerLaw<'parameters'>;

const dilocoSource = (table: number) => `Charles et al. 2025, "Scaling Laws for DiLoCo", Table ${table}`;

/** Rates of the inner optimizer at 20 tokens a parameter and the best batch. */
const dilocoDataParallelRate = independent('data parallel', 16319.2, -0.819);
const diloco1Rate = independent('one replica', 74620.6, -0.945);
const diloco2Rate = independent('2 replicas', 3978.82, -0.78);
const diloco4Rate = independent('4 replicas', 4512.99, -0.789);
const diloco8Rate = independent('8 replicas', 618986, -1.102);

const dilocoJointRate = {
  title: 'Charles 2025 (DiLoCo), best inner learning rate',
  factor: withoutError(22256),
  exponents: {parameters: withoutError(-0.8827), replicas: withoutError(0.2929)},
  counts: 'all parameters',
  source: dilocoSource(10),
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
    source: dilocoSource(8),
    mark: 'read',
    range: {mark: 'read', bounds: {parameters: {from: 35e6, to: 2.4e9}}},
    note: '',
  } as const satisfies PowerLaw<'parameters'>;
}

/** Laws of the peak learning rate of least loss. */
export const learningRateLaws = {
  'step-law': stepLawRate,
  deepseek: deepSeekRate,
  mm1: mm1Rate,
  'diloco-data-parallel': dilocoDataParallelRate,
  'diloco-1': diloco1Rate,
  'diloco-2': diloco2Rate,
  'diloco-4': diloco4Rate,
  'diloco-8': diloco8Rate,
  'diloco-joint': dilocoJointRate,
} as const satisfies Record<string, PowerLaw<never>>;
