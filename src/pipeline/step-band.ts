import type {SoftwareStack} from '../cluster/software-stack.js';
import type {Band} from '../units/band.js';
import type {StepEstimate} from './estimate.js';

/**
 * Band of the step time, seconds; its p50 is the estimate.
 *
 * The width is what measured runs of the stack left over; where their middle lies off 1, the stack's
 * constants are, and the band leans to that side.
 */
export function stepBand(estimate: StepEstimate, {stepResidual}: SoftwareStack): Band {
  const p50 = estimate.seconds;
  return {p10: p50 * Math.min(1, stepResidual.p10), p50, p90: p50 * Math.max(1, stepResidual.p90)};
}
