import type {Coefficient} from '../../law-facts.js';
import {overTrainingForm} from '../forms/over-training.js';
import type {LossLaw} from '../loss-law.js';

type Name = 'E' | 'a' | 'b' | 'eta';

/**
 * Loss on C4's validation set after training on each corpus of Gadre et al. 2024.
 *
 * Fitted by `walltime fit-law` (1000 resamples, seed 1) to all their runs: the paper's own coefficients come
 * from a chosen few, and for C4 are as recalled E 1.51, a 141, b 190, eta 0.121.
 */
export const gadreC4 = fitted(
  'C4',
  34,
  0.0296,
  {
    E: {value: 1.62223, standardError: 0.178},
    a: {value: 163.57, standardError: 52},
    b: {value: 281.818, standardError: 108},
    eta: {value: 0.128531, standardError: 0.0107},
  },
  [
    [0.01331805, 0.03702463, 0.04529227, 0.001233483],
    [0.03702463, 0.1212902, 0.1449921, 0.003904312],
    [0.04529227, 0.1449921, 0.188569, 0.004843669],
    [0.001233483, 0.003904312, 0.004843669, 0.0001282437],
  ],
);

export const gadreRedPajama = fitted(
  'RedPajama',
  35,
  0.0295,
  {
    E: {value: 1.74335, standardError: 0.0538},
    a: {value: 169.798, standardError: 25.3},
    b: {value: 291.65, standardError: 39.1},
    eta: {value: 0.129467, standardError: 0.00429},
  },
  [
    [0.00099222, 0.0042804, 0.004076126, 0.0001251244],
    [0.0042804, 0.02325213, 0.01886936, 0.000620189],
    [0.004076126, 0.01886936, 0.01944591, 0.0005583686],
    [0.0001251244, 0.000620189, 0.0005583686, 1.736094e-5],
  ],
);

export const gadreRefinedWeb = fitted(
  'RefinedWeb',
  35,
  0.0262,
  {
    E: {value: 1.74188, standardError: 0.0833},
    a: {value: 152.542, standardError: 36.2},
    b: {value: 258.4, standardError: 62.7},
    eta: {value: 0.127076, standardError: 0.00668},
  },
  [
    [0.00256932, 0.01044927, 0.0116774, 0.0003278126],
    [0.01044927, 0.05465804, 0.0503801, 0.001531604],
    [0.0116774, 0.0503801, 0.06061975, 0.001605141],
    [0.0003278126, 0.001531604, 0.001605141, 4.577939e-5],
  ],
);

function fitted(
  corpus: string,
  runs: number,
  residual: number,
  coefficients: Readonly<Record<Name, Coefficient>>,
  covariance: readonly (readonly number[])[],
) {
  return {
    title: `Gadre 2024, over-training on ${corpus}`,
    form: overTrainingForm,
    coefficients,
    covariance,
    residual,
    counts: 'all parameters',
    unit: 'nats per token',
    source: `fitted to the ${runs} runs on ${corpus} of Gadre et al. 2024, "Language models scale reliably with over-training and on downstream tasks" (mlfoundations/scaling, exp_data/models at a003c49)`,
    mark: 'derived',
    range: {
      mark: 'derived',
      bounds: {parameters: {from: 10.5e6, to: 6.89e9}, tokensPerParameter: {from: 5, to: 640}},
    },
    note: 'single runs lie up to 15 % off, the smallest models on the most tokens a parameter',
  } as const satisfies LossLaw<Name>;
}
