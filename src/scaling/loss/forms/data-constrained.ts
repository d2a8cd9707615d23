import type {LossForm} from '../loss-form.js';

/**
 * Repeated tokens and parameters in excess of what the unique tokens call for are worth less and less
 * (Muennighoff et al. 2023, eq. 5 and 6; huggingface/datablations, utils/parametric_fit.ipynb at 1370131):
 *
 * L = E + A/N'^alpha + B/D'^beta, D' = U + U R_D (1 - exp(-(D/U - 1)/R_D)), and N' of N likewise over
 * U_N = min(N, G (G U)^(beta/alpha)), the best size for the unique tokens U; G = (alpha A/(beta B))^(1/(alpha+beta)).
 */
export const dataConstrainedForm = {
  kind: 'curve',
  equation: "E + A / N'^alpha + B / D'^beta, N' and D' of the unique tokens with RN and RD",
  reads: ['uniqueTokens'],
  coefficients: {
    E: {coordinate: 'log', starts: [0.3, 0.7]},
    A: {coordinate: 'log', starts: [5, 7]},
    B: {coordinate: 'log', starts: [6, 9]},
    alpha: {coordinate: 'linear', starts: [0.35]},
    beta: {coordinate: 'linear', starts: [0.35]},
    RD: {coordinate: 'log', starts: [1.5, 3]},
    RN: {coordinate: 'log', starts: [1.5, 3]},
  },
  loss({E, A, B, alpha, beta, RD, RN}, {parameters, tokens, uniqueTokens}) {
    const G = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
    const unique = Math.min(tokens, uniqueTokens);
    const bestSize = (unique * G) ** (beta / alpha) * G;
    return (
      E +
      A / saturated(parameters, Math.min(parameters, bestSize), RN) ** alpha +
      B / saturated(tokens, unique, RD) ** beta
    );
  },
} as const satisfies LossForm<'E' | 'A' | 'B' | 'alpha' | 'beta' | 'RD' | 'RN'>;

/** What `total` is worth of which only `useful` is fresh; `decay` repetitions are worth as much as any number. */
function saturated(total: number, useful: number, decay: number): number {
  const repetitions = total / useful - 1;
  return useful + useful * decay * (1 - Math.exp(-repetitions / decay));
}
