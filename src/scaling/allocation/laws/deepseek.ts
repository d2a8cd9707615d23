import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

export const deepSeekTokens = {
  title: 'DeepSeek 2024, best tokens',
  factor: withoutError(5.8316),
  exponents: {flop: withoutError(0.4757)},
  counts: null,
  source: 'DeepSeek-AI 2024, "DeepSeek LLM", eq. 4',
  mark: 'read',
  range: {mark: 'recalled', bounds: {flop: {from: 1e17, to: 3e20}}},
  note: 'the size stands in FLOP per token: 0.1715 C^0.5243',
} as const satisfies PowerLaw<'flop'>;
