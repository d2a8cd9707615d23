import type {SoftwareStack} from '../../frameworks/stack.js';
import type {Band} from '../../units/band.js';
import type {StepEstimate} from '../estimate.js';
import {type Extrapolation, extrapolationDoublings} from './extrapolation.js';

/** Share by which the band grows for each doubling that a run lies outside what was measured. */
const growth = 0.15;

/**
 * Band of the step time, seconds; its p50 is the estimate.
 *
 * The width is what measured runs of the stack left over that its constants were fitted without; where
 * their middle lies off 1, the stack's constants are, and the band leans to that side. It is wider for
 * a run unlike those.
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

/** How many times as wide the band is for a run that lies so far outside. */
export function bandGrowth(extrapolated: readonly Extrapolation[]): number {
  return 1 + growth * extrapolationDoublings(extrapolated);
}
