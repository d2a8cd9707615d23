import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

/** The factors are in sequences of so many tokens. */
const sequenceLength = 2048;

export const powerLinesBatch = {
  title: 'Power Lines 2025, best batch',
  factor: withoutError(0.0306 * sequenceLength),
  exponents: {tokens: withoutError(0.383)},
  counts: null,
  source: 'Bergsma et al. 2025, "Power Lines" (arXiv 2505.13738); the exponent read, the factor recalled',
  mark: 'recalled',
  range: {mark: 'derived', bounds: {}},
  note: 'the factor fits Step Law within a tenth at 100 B tokens',
} as const satisfies PowerLaw<'tokens'>;

export const powerLinesCritical = {
  ...powerLinesBatch,
  title: 'Power Lines 2025, critical batch',
  factor: withoutError(0.0471 * sequenceLength),
  exponents: {tokens: withoutError(0.462)},
  note: 'twice the fewest tokens reach the same loss at this batch; notes give 0.462 and 0.47 for the exponent',
} as const satisfies PowerLaw<'tokens'>;
