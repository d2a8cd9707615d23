import type {SoftwareStack} from '../../cluster/software-stack.js';

/** A physical fact of a software stack that measured runs can move, within bounds and around a prior. */
export interface StackFact {
  /** Its key in a hardware profile, as `overlap.tensor`. */
  readonly key: string;
  /** Of the value in a profile: a fraction, or seconds. */
  readonly unit: 'fraction' | 'seconds';
  /** Facts that multiply are fitted as logarithms, shares of something as log-odds. */
  readonly scale: 'log' | 'logit';
  readonly low: number;
  readonly high: number;
  /** One standard deviation of the prior around the stack's own value, on the scale above. */
  readonly spread: number;
  readonly read: (stack: SoftwareStack) => number;
  readonly write: (stack: SoftwareStack, value: number) => SoftwareStack;
}

/** The value as the fit sees it: any real number is a value within the bounds again. */
export function toScale({scale, low, high}: StackFact, value: number): number {
  const bounded = Math.min(high, Math.max(low, value));
  return scale === 'log' ? Math.log(bounded) : Math.log(bounded / (1 - bounded));
}

/** What `toScale` undoes, within the bounds. */
export function fromScale({scale, low, high}: StackFact, x: number): number {
  const value = scale === 'log' ? Math.exp(x) : 1 / (1 + Math.exp(-x));
  return Math.min(high, Math.max(low, value));
}

/** The stack with the facts at `xs`, each on its scale. */
export function withFacts(
  stack: SoftwareStack,
  facts: readonly StackFact[],
  xs: readonly number[],
): SoftwareStack {
  return facts.reduce((changed, fact, i) => fact.write(changed, fromScale(fact, xs[i] as number)), stack);
}
