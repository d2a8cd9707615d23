import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

export const schaippBatch = {
  title: 'Schaipp 2026, best batch',
  factor: withoutError(0.667),
  exponents: {tokens: withoutError(0.566)},
  counts: null,
  source: 'Schaipp et al. 2026 (arXiv 2607.01487), best batch of the three-term law',
  mark: 'read',
  range: {mark: 'derived', bounds: {}},
  note: 'half to twice the batch costs about 5 % of the compute',
} as const satisfies PowerLaw<'tokens'>;
