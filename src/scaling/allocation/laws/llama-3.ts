import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

export const llama3Tokens = {
  title: 'Llama 3 2024, best tokens',
  factor: withoutError(0.299),
  exponents: {flop: withoutError(0.537)},
  counts: null,
  source: 'Grattafiori et al. 2024, "The Llama 3 Herd of Models", sec. 3.2.1 (0.29 and 0.53 as rounded)',
  mark: 'read',
  range: {mark: 'recalled', bounds: {flop: {from: 6e18, to: 1e22}}},
  note: '',
} as const satisfies PowerLaw<'flop'>;
