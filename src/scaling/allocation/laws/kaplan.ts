import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

/** One day of 1e15 FLOP/s. */
const petaflopDay = 8.64e19;

export const kaplanLossOfCompute = {
  title: 'Kaplan 2020, loss of the best division',
  factor: withoutError((3.1e8 * petaflopDay) ** 0.05),
  exponents: {flop: withoutError(-0.05)},
  counts: null,
  source: 'Kaplan et al. 2020, "Scaling Laws for Neural Language Models", eq. 1.3',
  mark: 'read',
  range: {mark: 'derived', bounds: {}},
  note: 'nats per token of WebText2; the FLOP are those of a batch far below the critical one',
} as const satisfies PowerLaw<'flop'>;
