import type {LossForm} from '../loss-form.js';

/** L = A N^alpha at a fixed number of tokens per parameter. */
export const powerLawForm = {
  kind: 'sum of powers',
  equation: 'A N^alpha',
  reads: [],
  coefficients: {
    A: {coordinate: 'log', starts: [1, 3, 5]},
    alpha: {coordinate: 'linear', starts: [-0.3, -0.1, 0]},
  },
  logTerms: ({parameters}) => [[1, Math.log(parameters)]],
} as const satisfies LossForm;

/** L = C + A N^alpha: the power law with a floor. */
export const flooredPowerLawForm = {
  kind: 'sum of powers',
  equation: 'C + A N^alpha',
  reads: [],
  coefficients: {
    C: {coordinate: 'log', starts: [-2, 0, 0.5]},
    A: {coordinate: 'log', starts: [1, 3, 5]},
    alpha: {coordinate: 'linear', starts: [-0.3, -0.2, -0.1]},
  },
  logTerms: ({parameters}) => [
    [1, 0, 0],
    [0, 1, Math.log(parameters)],
  ],
} as const satisfies LossForm;
