import {withoutError} from '../../law-facts.js';
import {chinchillaForm} from '../forms/chinchilla.js';
import {dataConstrainedForm} from '../forms/data-constrained.js';
import type {LossLaw} from '../loss-law.js';

const repository = 'huggingface/datablations, utils/parametric_fit.ipynb at 1370131';
const range = {
  mark: 'derived',
  bounds: {parameters: {from: 7.1e6, to: 8.67e9}, tokens: {from: 0.1e9, to: 900e9}},
} as const satisfies LossLaw['range'];

export const muennighoff = {
  title: 'Muennighoff 2023, repeated data',
  form: dataConstrainedForm,
  coefficients: {
    E: withoutError(Math.exp(0.6254804)),
    A: withoutError(Math.exp(6.255414)),
    B: withoutError(Math.exp(7.3049974)),
    alpha: withoutError(0.3526596),
    beta: withoutError(0.3526596),
    RD: withoutError(15.387756),
    RN: withoutError(5.309743),
  },
  residual: null,
  counts: 'all parameters',
  unit: 'nats per token',
  source: `Muennighoff et al. 2023, "Scaling Data-Constrained Language Models"; ${repository}`,
  mark: 'read',
  range,
  note: 'has no term for over-fitting: many passes over few tokens end far above it',
} as const satisfies LossLaw;

/** The fit of the same work with two exponents, to runs that see every token once. */
export const muennighoffUntied = {
  ...muennighoff,
  title: 'Muennighoff 2023, every token once',
  form: chinchillaForm,
  coefficients: {
    E: withoutError(Math.exp(0.63032365)),
    A: withoutError(Math.exp(5.9577184)),
    B: withoutError(Math.exp(7.9145365)),
    alpha: withoutError(0.33480313),
    beta: withoutError(0.38289225),
  },
  note: '',
} as const satisfies LossLaw;
