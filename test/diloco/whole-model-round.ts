import type {OuterRound} from '../../src/diloco/simulate-round.js';
import type {Seconds} from '../../src/units/quantities.js';

/**
 * One round without streaming and overlap, in closed form; equal to `simulateRound`.
 *
 * The first layer of the model is needed first and sent last. Either the link is the slower one, and all
 * layers follow the first that was sent; or the backward pass is, and only the last layer is left over.
 */
export function wholeModelRoundSeconds({
  numLayers,
  forward,
  backward,
  innerSteps,
  reduction,
  latency,
}: Omit<OuterRound, 'fragments' | 'overlapSteps'>): Seconds {
  const layerBackward = backward / numLayers;
  const afterFirst = layerBackward + latency + reduction;
  const afterLast = backward + reduction / numLayers + (numLayers === 1 ? latency : 0);
  const tail = Math.max(afterFirst, afterLast) - backward;
  return (innerSteps * (forward + backward) + tail) as Seconds;
}
