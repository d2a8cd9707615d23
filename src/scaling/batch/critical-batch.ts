/**
 * Steps and tokens to a loss at any batch, by the hyperbola (S/S_min - 1)(D/D_min - 1) = 1
 * (McCandlish et al. 2018, "An Empirical Model of Large-Batch Training", eq. 2.11; Kaplan et al. 2020,
 * sec. 5.1).
 */

/** Tokens that `batch` takes to where `fewestTokens` take a batch far below the critical one. */
export function tokensAtBatch(fewestTokens: number, batch: number, criticalBatch: number): number {
  return fewestTokens * (1 + batch / criticalBatch);
}

/** Of `tokens` in batches of `batch`, those that a batch far below the critical one would have needed. */
export function usefulTokens(tokens: number, batch: number, criticalBatch: number): number {
  return tokens / (1 + batch / criticalBatch);
}

/** How critical batches grow with tokens; nearly flat in parameters (Zhang et al. 2024, arXiv 2410.21676). */
const zhangExponent = 0.462;

/**
 * Critical batch at other numbers of tokens than where it was measured. The factor of the published law
 * is in a unit that its sources do not agree on, so only its exponent is used.
 */
export function zhangCriticalBatch(
  measured: {readonly tokens: number; readonly batch: number},
  tokens: number,
): number {
  return measured.batch * (tokens / measured.tokens) ** zhangExponent;
}
