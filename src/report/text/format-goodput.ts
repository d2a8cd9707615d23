import type {RunEstimate} from '../../run/run.js';
import {formatPercent} from '../../units/format-quantity.js';

/**
 * Goodput of eight of ten runs. If failures are rare the mean can be outside this range: one run in twenty
 * loses an hour, nineteen lose nothing.
 */
export function formatGoodputBand({
  goodput,
  goodputBand: {p10, p90},
}: Pick<RunEstimate, 'goodput' | 'goodputBand'>): string {
  const [low, high] = [formatPercent(p10), formatPercent(p90)];
  if (goodput < p10 || goodput > p90)
    return low === high ? `(${low} for most)` : `(${low} to ${high} for most)`;
  return `(${low} to ${high})`;
}
