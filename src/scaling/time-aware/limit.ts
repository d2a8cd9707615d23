import {modelFlopPerToken} from '../../model/flop.js';
import type {Transformer} from '../../model/transformer.js';
import {numDevicesOf, type Plan} from '../../plan/plan.js';

/** End of a training run: its time, its FLOP, or whichever comes first. */
export interface TrainingLimit {
  /** Wall-clock; Infinity: only the FLOP are bounded. */
  readonly seconds: number;
  /** Infinity: only the time is bounded. */
  readonly flop: number;
}

/** The limit that a plan's goal and its `scaling` section set; null where they set none. */
export function limitOf(plan: Plan): TrainingLimit | null {
  const {goal, scaling} = plan;
  const deadline = goal.deadline ?? Infinity;
  const price = plan.operation.spot?.price ?? plan.cluster.accelerator.price;
  const affordable =
    goal.budget === null || price === null ? Infinity : goal.budget / (price * numDevicesOf(plan));
  const limit = {seconds: Math.min(deadline, affordable), flop: scaling?.flop ?? Infinity};
  return limit.seconds === Infinity && limit.flop === Infinity ? null : limit;
}

/** Tokens that a model may see within the FLOP. */
export function tokensOfFlop(model: Transformer, sequenceLength: number, {flop}: TrainingLimit): number {
  if (flop === Infinity) return Infinity;
  return flop / modelFlopPerToken(model, sequenceLength, 'causal');
}
