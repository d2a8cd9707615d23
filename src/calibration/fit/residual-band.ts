import type {Residual} from '../../frameworks/stack.js';

/** Fewer errors than this say nothing of how they are spread. */
const fewest = 4;

/**
 * Measured over predicted figure that one error in ten lies below, and one in ten above.
 *
 * With n errors the quantile is taken as if one more lay at each end, which widens the band of a few.
 *
 * @param errors logarithms of predicted over measured, of runs that the constants were not fitted to
 * @returns null where there are too few
 */
export function residualBand(errors: readonly number[]): Residual | null {
  if (errors.length < fewest) return null;
  const ratios = errors.map(error => -error).sort((a, b) => a - b);
  return {p10: Math.exp(quantile(ratios, 0.1)), p90: Math.exp(quantile(ratios, 0.9))};
}

function quantile(sorted: readonly number[], p: number): number {
  const at = Math.min(sorted.length - 1, Math.max(0, p * (sorted.length + 1) - 1));
  const below = sorted[Math.floor(at)] as number;
  return below + ((sorted[Math.ceil(at)] as number) - below) * (at - Math.floor(at));
}
