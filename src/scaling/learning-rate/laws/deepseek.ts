import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

export const deepSeekRate = {
  title: 'DeepSeek 2024, best learning rate',
  factor: withoutError(0.3118),
  exponents: {flop: withoutError(-0.125)},
  counts: null,
  source: 'DeepSeek-AI 2024, "DeepSeek LLM", eq. 1',
  mark: 'read',
  range: {mark: 'recalled', bounds: {flop: {from: 1e17, to: 2e19}}},
  note: 'at its own best division of compute',
} as const satisfies PowerLaw<'flop'>;
