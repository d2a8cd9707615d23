import type {LossForm} from '../loss-form.js';

/** L = A N^alpha M^beta for M replicas at a fixed number of tokens per parameter (Charles et al. 2025, sec. 6.2). */
export const replicasForm = {
  kind: 'sum of powers',
  equation: 'A N^alpha M^beta',
  reads: ['replicas'],
  coefficients: {
    A: {coordinate: 'log', starts: [1, 3, 5]},
    alpha: {coordinate: 'linear', starts: [-0.3, -0.1]},
    beta: {coordinate: 'linear', starts: [0]},
  },
  logTerms: ({parameters, replicas}) => [[1, Math.log(parameters), Math.log(replicas)]],
} as const satisfies LossForm;

/** L = C + A N^(alpha + beta M), the best of the forms compared in Charles et al. 2025, Table 13. */
export const flooredReplicasForm = {
  kind: 'sum of powers',
  equation: 'C + A N^(alpha + beta M)',
  reads: ['replicas'],
  coefficients: {
    C: {coordinate: 'log', starts: [-2, 0, 0.5]},
    A: {coordinate: 'log', starts: [1, 3, 5]},
    alpha: {coordinate: 'linear', starts: [-0.3, -0.2, -0.1]},
    beta: {coordinate: 'linear', starts: [0]},
  },
  logTerms: ({parameters, replicas}) => [
    [1, 0, 0, 0],
    [0, 1, Math.log(parameters), replicas * Math.log(parameters)],
  ],
} as const satisfies LossForm;
