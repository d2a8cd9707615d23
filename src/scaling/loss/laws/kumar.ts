import {withoutError} from '../../law-facts.js';
import {precisionForm} from '../forms/precision.js';
import type {LossLaw} from '../loss-law.js';
import {besiroglu} from './besiroglu.js';

/** No errors are known of the three sensitivities. */
const noErrors = [0, 1, 2].map(() => new Array<number>(8).fill(0));

export const kumar = {
  title: 'Kumar 2024, training precision',
  form: precisionForm,
  coefficients: {
    ...besiroglu.coefficients,
    gw: withoutError(2.6745),
    ga: withoutError(2.2102),
    gkv: withoutError(0.9578),
  },
  covariance: [...besiroglu.covariance.map(row => [...row, 0, 0, 0]), ...noErrors],
  residual: besiroglu.residual,
  counts: 'all parameters',
  unit: 'nats per token',
  source: 'Kumar et al. 2024, "Scaling Laws for Precision"; N and D terms of Besiroglu et al. 2024, Table 1',
  mark: 'read',
  range: {
    mark: 'recalled',
    bounds: {
      parameters: {from: 30e6, to: 1.7e9},
      tokens: {from: 1.5e9, to: 26e9},
      weightBits: {from: 3, to: 16},
      activationBits: {from: 3, to: 16},
      keyValueBits: {from: 3, to: 16},
    },
  },
  note: 'bits of integer types; at 16 bits it lies a little above the law that it builds on',
} as const satisfies LossLaw;
