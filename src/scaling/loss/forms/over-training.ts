import type {LossForm} from '../loss-form.js';

/**
 * L = E + (a M^eta + b M^-eta) C^-eta with M = D/N and C = 6 N D (Gadre et al. 2024, eq. 4): runs with
 * the same tokens per parameter are on parallel lines.
 */
export const overTrainingForm = {
  kind: 'sum of powers',
  equation: 'E + (a M^eta + b M^-eta) C^-eta, M = D / N, C = 6 N D',
  reads: [],
  coefficients: {
    E: {coordinate: 'log', starts: [-1, 0, 0.5, 1]},
    a: {coordinate: 'log', starts: [0, 5, 10]},
    b: {coordinate: 'log', starts: [0, 5, 10]},
    eta: {coordinate: 'linear', starts: [0.05, 0.1, 0.2, 0.3]},
  },
  logTerms({parameters, tokens}) {
    const logFlop = Math.log(6 * parameters * tokens);
    const logRatio = Math.log(tokens / parameters);
    return [
      [1, 0, 0, 0],
      [0, 1, 0, logRatio - logFlop],
      [0, 0, 1, -logRatio - logFlop],
    ];
  },
} as const satisfies LossForm;
