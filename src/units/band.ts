/** A figure with how sure it is: one in ten is below p10, one in ten above p90. */
export interface Band {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** Standard deviations from the median of a normal distribution to its p10 and p90. */
export const tenthDeviate = 1.2815515655446004;

/** The same band times `factor`. */
export function scaleBand({p10, p50, p90}: Band, factor: number): Band {
  return {p10: p10 * factor, p50: p50 * factor, p90: p90 * factor};
}

/** The figure of a band that decides: the median, or the pessimistic one. */
export const risks = ['p50', 'p90'] as const;
export type Risk = (typeof risks)[number];
