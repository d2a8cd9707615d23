import type {PowerLaw} from '../../power-law.js';

/** Standard errors: the 2.5 to 97.5 % interval of the authors' 1,000 resamples over twice 1.96. */
export const stepLawBatch = {
  title: 'Step Law 2025, best batch',
  factor: {value: 0.581, standardError: 0.428},
  exponents: {tokens: {value: 0.5709, standardError: 0.0184}},
  counts: null,
  source:
    '"Predictable Scale: Part I, Step Law" (arXiv 2503.04715); step-law/steplaw at 32a8f4c, coefficients of 1,000 resamples',
  mark: 'read',
  range: {mark: 'recalled', bounds: {tokens: {from: 2e9, to: 100e9}}},
  note: '',
} as const satisfies PowerLaw<'tokens'>;
