import type {LossForm} from '../loss-form.js';

/** L = c + (g/G^gamma + a)/N^alpha + b/D^beta for mixtures of experts of granularity G (Krajewski et al. 2024). */
export const granularExpertsForm = {
  kind: 'sum of powers',
  equation: 'c + (g / G^gamma + a) / N^alpha + b / D^beta',
  reads: ['granularity'],
  coefficients: {
    c: {coordinate: 'log', starts: [-1, 0, 0.5]},
    a: {coordinate: 'log', starts: [2, 5]},
    b: {coordinate: 'log', starts: [2, 5]},
    g: {coordinate: 'log', starts: [0, 2]},
    alpha: {coordinate: 'linear', starts: [0.1, 0.3]},
    beta: {coordinate: 'linear', starts: [0.1, 0.3]},
    gamma: {coordinate: 'linear', starts: [0.3, 0.8]},
  },
  logTerms: ({parameters, tokens, granularity}) => [
    [1, 0, 0, 0, 0, 0, 0],
    [0, 1, 0, 0, -Math.log(parameters), 0, 0],
    [0, 0, 1, 0, 0, -Math.log(tokens), 0],
    [0, 0, 0, 1, -Math.log(parameters), 0, -Math.log(granularity)],
  ],
} as const satisfies LossForm;
