import {withoutError} from '../../law-facts.js';
import {chinchillaForm} from '../forms/chinchilla.js';
import {granularExpertsForm} from '../forms/granular-experts.js';
import type {LossLaw} from '../loss-law.js';

const paper = 'Krajewski et al. 2024, "Scaling Laws for Fine-Grained Mixture of Experts"';
const range = {
  mark: 'recalled',
  bounds: {
    parameters: {from: 129e6, to: 3.7e9},
    tokens: {from: 16e9, to: 130e9},
    granularity: {from: 1, to: 16},
  },
} as const satisfies LossLaw['range'];

export const krajewski = {
  title: 'Krajewski 2024, fine-grained mixture of experts',
  form: granularExpertsForm,
  coefficients: {
    c: withoutError(0.47),
    a: withoutError(18.1),
    b: withoutError(30.8),
    g: withoutError(2.1),
    alpha: withoutError(0.115),
    beta: withoutError(0.147),
    gamma: withoutError(0.58),
  },
  residual: null,
  counts: 'without embeddings',
  unit: 'nats per token',
  source: paper,
  mark: 'read',
  range,
  note: '64 times as many parameters in the experts as one token uses',
} as const satisfies LossLaw;

export const krajewskiDense = {
  ...krajewski,
  title: 'Krajewski 2024, dense',
  form: chinchillaForm,
  coefficients: {
    E: withoutError(0.47),
    A: withoutError(16.3),
    B: withoutError(26.7),
    alpha: withoutError(0.126),
    beta: withoutError(0.127),
  },
  note: '',
} as const satisfies LossLaw;
