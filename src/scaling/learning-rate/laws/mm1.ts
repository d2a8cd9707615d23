import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

export const mm1Rate = {
  title: 'MM1 2024, best learning rate',
  factor: withoutError(Math.exp(-0.5535)),
  exponents: {parameters: withoutError(-0.4214)},
  counts: 'without embeddings',
  source: 'McKinzie et al. 2024, "MM1", eq. 1',
  mark: 'read',
  range: {mark: 'derived', bounds: {}},
  note: '',
} as const satisfies PowerLaw<'parameters'>;
