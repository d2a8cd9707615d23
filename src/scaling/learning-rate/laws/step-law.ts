import type {PowerLaw} from '../../power-law.js';

/** Standard errors: the 2.5 to 97.5 % interval of the authors' 1,000 resamples over twice 1.96. */
export const stepLawRate = {
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
