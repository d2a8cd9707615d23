import type {LossLaw} from '../loss/loss-law.js';

type Chinchilla = LossLaw<'E' | 'A' | 'B' | 'alpha' | 'beta'>;

/** A forward and backward pass take 6 FLOP for a parameter and a token (Kaplan et al. 2020, sec. 2.1). */
export const flopPerParameterToken = 6;

/**
 * The size and tokens of least loss for `flop`, the machine ignored: N = G (C/6)^a, D = (C/6)^b / G with
 * G = (alpha A / (beta B))^(1/(alpha+beta)), a = beta/(alpha+beta), b = alpha/(alpha+beta)
 * (Hoffmann et al. 2022, eq. 4).
 */
export function computeOptimal(
  {coefficients}: Chinchilla,
  flop: number,
): {readonly parameters: number; readonly tokens: number} {
  const {A, B, alpha, beta} = coefficients;
  const sum = alpha.value + beta.value;
  const balance = ((alpha.value * A.value) / (beta.value * B.value)) ** (1 / sum);
  const product = flop / flopPerParameterToken;
  return {
    parameters: balance * product ** (beta.value / sum),
    tokens: product ** (alpha.value / sum) / balance,
  };
}
