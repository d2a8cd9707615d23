import type {RunEstimate} from '../../run/run.js';
import {formatPercent} from '../../units/format-quantity.js';

/**
 * Between what eight of ten runs lie. Where failures are rare the mean lies outside of them: one run in
 * twenty that loses an hour, nineteen that lose nothing.
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
