import type {LossForm} from '../loss-form.js';

/**
 * Fewer bits act like fewer parameters (Kumar et al. 2024): N in the Chinchilla form becomes
 * N (1 - exp(-P_w/gw)) (1 - exp(-P_a/ga)) (1 - exp(-P_kv/gkv)), P in bits of an integer type.
 */
export const precisionForm = {
  kind: 'curve',
  equation: 'E + A / (N (1 - exp(-Pw / gw)) (1 - exp(-Pa / ga)) (1 - exp(-Pkv / gkv)))^alpha + B / D^beta',
  reads: ['weightBits', 'activationBits', 'keyValueBits'],
  coefficients: {
    E: {coordinate: 'log', starts: [0, 0.7]},
    A: {coordinate: 'log', starts: [5, 8]},
    B: {coordinate: 'log', starts: [6, 9]},
    alpha: {coordinate: 'linear', starts: [0.35]},
    beta: {coordinate: 'linear', starts: [0.35]},
    gw: {coordinate: 'log', starts: [0.7]},
    ga: {coordinate: 'log', starts: [0.7]},
    gkv: {coordinate: 'log', starts: [0]},
  },
  loss({E, A, B, alpha, beta, gw, ga, gkv}, {parameters, tokens, weightBits, activationBits, keyValueBits}) {
    const effective =
      parameters *
      effectiveShare(weightBits, gw) *
      effectiveShare(activationBits, ga) *
      effectiveShare(keyValueBits, gkv);
    return E + A / effective ** alpha + B / tokens ** beta;
  },
} as const satisfies LossForm<'E' | 'A' | 'B' | 'alpha' | 'beta' | 'gw' | 'ga' | 'gkv'>;

const effectiveShare = (bits: number, gamma: number) => 1 - Math.exp(-bits / gamma);
