import type {SoftwareStack} from '../../frameworks/stack.js';
import type {StatedFacts} from '../../frameworks/stated-facts.js';

/** A physical fact of a software stack that measured runs can move, within bounds and around a prior. */
export interface StackFact {
  /** Its key in a hardware profile, as `overlap.tensor`. */
  readonly key: string;
  /** Unit of the value in a profile. */
  readonly unit: 'fraction' | 'seconds';
  /** Facts that multiply are fitted as logarithms, shares of something as log-odds. */
  readonly scale: 'log' | 'logit';
  readonly low: number;
  readonly high: number;
  /** One standard deviation of the prior around the stack's own value, on the scale above. */
  readonly spread: number;
  readonly read: (stack: SoftwareStack) => number;
  readonly write: <Facts extends StatedFacts>(facts: Facts, value: number) => Facts;
}

/** The facts alone, at these values. */
export function factsAt(values: readonly {readonly fact: StackFact; readonly value: number}[]): StatedFacts {
  return values.reduce<StatedFacts>((facts, {fact, value}) => fact.write(facts, value), {});
}

/**
 * The stack with each fact moved by `shifts` on its own scale, within its bounds.
 *
 * A share of exactly 0 means that the stack does no such thing. Its log-odds are so far out that only
 * overwhelming data move it.
 */
export function withShifts(
  stack: SoftwareStack,
  facts: readonly StackFact[],
  shifts: readonly number[],
): SoftwareStack {
  return facts.reduce((changed, fact, i) => {
    const shift = shifts[i] as number;
    return shift === 0 ? changed : fact.write(changed, shifted(fact, fact.read(stack), shift));
  }, stack);
}

function shifted({scale, low, high}: StackFact, value: number, shift: number): number {
  const bounded = Math.min(high, Math.max(low, value));
  const moved =
    scale === 'log' ? bounded * Math.exp(shift) : 1 / (1 + ((1 - bounded) / bounded) * Math.exp(-shift));
  return Math.min(high, Math.max(low, moved));
}
