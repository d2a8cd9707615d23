import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

export const kaplanCritical = {
  title: 'Kaplan 2020, critical batch',
  factor: withoutError(2e8),
  exponents: {loss: withoutError(-1 / 0.21)},
  counts: null,
  source:
    'Kaplan et al. 2020, "Scaling Laws for Neural Language Models", eq. 1.4, after McCandlish et al. 2018',
  mark: 'recalled',
  range: {mark: 'recalled', bounds: {}},
  note: 'loss in nats per token of WebText2',
} as const satisfies PowerLaw<'loss'>;
