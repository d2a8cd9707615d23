import type {LossForm} from '../loss-form.js';

/**
 * L = E + A/N^alpha + B/D^beta: an irreducible loss, what a finite model adds and what finite data add.
 *
 * Starts of a fit: the grid of Hoffmann et al. 2022, sec. D.2.
 */
export const chinchillaForm = {
  kind: 'sum of powers',
  equation: 'E + A / N^alpha + B / D^beta',
  reads: [],
  coefficients: {
    E: {coordinate: 'log', starts: [-1, -0.5, 0, 0.5, 1]},
    A: {coordinate: 'log', starts: [0, 5, 10, 15, 20, 25]},
    B: {coordinate: 'log', starts: [0, 5, 10, 15, 20, 25]},
    alpha: {coordinate: 'linear', starts: [0, 0.5, 1, 1.5, 2]},
    beta: {coordinate: 'linear', starts: [0, 0.5, 1, 1.5, 2]},
  },
  logTerms: ({parameters, tokens}) => [
    [1, 0, 0, 0, 0],
    [0, 1, 0, -Math.log(parameters), 0],
    [0, 0, 1, 0, -Math.log(tokens)],
  ],
} as const satisfies LossForm;
