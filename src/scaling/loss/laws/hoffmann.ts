import {withoutError} from '../../law-facts.js';
import {chinchillaForm} from '../forms/chinchilla.js';
import type {LossLaw} from '../loss-law.js';

/** The runs of Hoffmann et al. 2022, Fig. 4, as digitised by epoch-research/analyzing-chinchilla at 9225883. */
export const chinchillaRuns = {
  mark: 'derived',
  bounds: {
    parameters: {from: 57e6, to: 16.2e9},
    tokens: {from: 0.8e9, to: 318e9},
    tokensPerParameter: {from: 0.4, to: 341},
  },
} as const satisfies LossLaw['range'];

/** The digits that the TeX source of the paper holds. */
export const hoffmann = {
  title: 'Hoffmann 2022 (Chinchilla), digits of the TeX source',
  form: chinchillaForm,
  coefficients: {
    E: withoutError(1.6934),
    A: withoutError(406.4),
    B: withoutError(410.7),
    alpha: withoutError(0.3392),
    beta: withoutError(0.2849),
  },
  // Derived from the digitised runs, as is the one below.
  residual: 0.0114,
  counts: 'all parameters',
  unit: 'nats per token',
  source: 'Hoffmann et al. 2022, "Training Compute-Optimal Large Language Models", eq. 10, TeX source',
  mark: 'read',
  range: chinchillaRuns,
  note: 'its fit ended early: besiroglu is the same form fitted to the end',
} as const satisfies LossLaw;

/** The rounded digits of the printed paper. */
export const hoffmannPrinted = {
  ...hoffmann,
  title: 'Hoffmann 2022 (Chinchilla), as printed',
  coefficients: {
    E: withoutError(1.69),
    A: withoutError(406.4),
    B: withoutError(410.7),
    alpha: withoutError(0.34),
    beta: withoutError(0.28),
  },
  residual: 0.0195,
  source: 'Hoffmann et al. 2022, "Training Compute-Optimal Large Language Models", eq. 10',
  note: 'rounding moves the loss by 1.65 % and the best size by a quarter: do not divide compute by it',
} as const satisfies LossLaw;
