import type {LossForm} from '../loss-form.js';

/**
 * L = exp(a3 N^g3 + b3) + exp(a2 N^g2 + b2) D^(-exp(a1 N^g1 + b1)): the data exponent itself depends on
 * the size of the model (Farseer, eq. 3).
 */
export const farseerForm = {
  kind: 'curve',
  equation: 'exp(a3 N^g3 + b3) + exp(a2 N^g2 + b2) D^(-exp(a1 N^g1 + b1))',
  reads: [],
  coefficients: {
    a1: {coordinate: 'linear', starts: [-3.6]},
    g1: {coordinate: 'linear', starts: [0.04]},
    b1: {coordinate: 'linear', starts: [2.4]},
    a2: {coordinate: 'linear', starts: [6.5]},
    g2: {coordinate: 'linear', starts: [-0.13]},
    b2: {coordinate: 'linear', starts: [-1.9]},
    a3: {coordinate: 'linear', starts: [-2.1]},
    g3: {coordinate: 'linear', starts: [0.05]},
    b3: {coordinate: 'linear', starts: [1.3]},
  },
  loss: ({a1, g1, b1, a2, g2, b2, a3, g3, b3}, {parameters, tokens}) =>
    Math.exp(a3 * parameters ** g3 + b3) +
    Math.exp(a2 * parameters ** g2 + b2) * tokens ** -Math.exp(a1 * parameters ** g1 + b1),
} as const satisfies LossForm<'a1' | 'g1' | 'b1' | 'a2' | 'g2' | 'b2' | 'a3' | 'g3' | 'b3'>;
