import {withoutError} from '../../law-facts.js';
import {farseerForm} from '../forms/farseer.js';
import type {LossLaw} from '../loss-law.js';

/** N enters this refit in billions. */
const billion = 1e9;

export const farseer = {
  title: 'Farseer 2025, fitted by others',
  form: {
    ...farseerForm,
    equation: `${farseerForm.equation}, N in billions`,
    loss: (coefficients, inputs) =>
      farseerForm.loss(coefficients, {...inputs, parameters: inputs.parameters / billion}),
  },
  coefficients: {
    a1: withoutError(-3.640181),
    g1: withoutError(0.042272),
    b1: withoutError(2.426767),
    a2: withoutError(6.521068),
    g2: withoutError(-0.125777),
    b2: withoutError(-1.853805),
    a3: withoutError(-2.082316),
    g3: withoutError(0.053076),
    b3: withoutError(1.277014),
  },
  residual: null,
  counts: 'not stated',
  unit: 'not stated',
  source:
    'Farseer, eq. 3, by yigitokar/scaling-laws-as-production-functions, data/processed/m3_wedge/farseer_eq3_theta.csv',
  mark: 'third party',
  range: {mark: 'derived', bounds: {}},
  note: 'the units are guessed: with N in billions it gives about 0.54 at 1B on 20B tokens, which would be bits per character',
} as const satisfies LossLaw;
