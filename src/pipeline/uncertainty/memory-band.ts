import type {MemoryEstimate} from '../../cost/memory/memory.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import type {Band} from '../../units/band.js';

/**
 * Band of the allocated bytes of the fullest stage; its p50 is the estimate.
 *
 * The width is what measured runs of the stack left over, of a stack without measured memory what the
 * worst known one did.
 */
export function memoryBand(
  {peakBytes}: Pick<MemoryEstimate, 'peakBytes'>,
  {memoryResidual: {p10, p90}}: Pick<SoftwareStack, 'memoryResidual'>,
): Band {
  return {p10: peakBytes * Math.min(1, p10), p50: peakBytes, p90: peakBytes * Math.max(1, p90)};
}
