import type {SoftwareStack} from '../../frameworks/stack.js';
import type {Band} from '../../units/band.js';
import type {StepEstimate} from '../estimate.js';
import {type Extrapolation, extrapolationDoublings} from './extrapolation.js';

/** Relative growth of the band for each doubling outside the measured range. */
const growth = 0.15;

/**
 * Band of the step time, seconds; its p50 is the estimate.
 *
 * The width is the spread of held-out residuals of the stack. A median residual other than 1 shifts the band.
 * The band is wider for an extrapolated run.
 */
export function stepBand(
  {seconds, extrapolated}: Pick<StepEstimate, 'seconds' | 'extrapolated'>,
  {stepResidual}: SoftwareStack,
): Band {
  const wider = bandGrowth(extrapolated);
  return {
    p10: seconds * Math.min(1, stepResidual.p10) ** wider,
    p50: seconds,
    p90: seconds * Math.max(1, stepResidual.p90) ** wider,
  };
}

/** Factor on the width of the band of an extrapolated run. */
export function bandGrowth(extrapolated: readonly Extrapolation[]): number {
  return 1 + growth * extrapolationDoublings(extrapolated);
}
