import type {Precision} from '../../cluster/accelerator.js';
import type {SoftwareStack} from '../../cluster/software-stack.js';
import {fromScale, type StackFact, toScale, withFacts} from './fact.js';
import {leastSquares} from './least-squares.js';
import {stackFacts} from './stack-facts.js';

/** A measured run as a fit sees it: what was measured, and what any stack would have taken. */
export interface TimedRun {
  readonly id: string;
  readonly sweep: string;
  readonly precision: Precision;
  readonly stepSeconds: number;
  readonly predict: (stack: SoftwareStack) => number;
}

/** One fact after the fit. */
export interface FittedFact {
  readonly fact: StackFact;
  readonly before: number;
  readonly after: number;
  /** Share of the prior's variance that the runs took away, 0 to 1: near 0 they say nothing of this fact. */
  readonly identified: number;
}

export interface StackFit {
  readonly stack: SoftwareStack;
  readonly facts: readonly FittedFact[];
}

/** What the model leaves over on a good day; a run's error counts in units of it. */
const noise = 0.05;

/**
 * Fits the facts of `stack` to measured runs.
 *
 * Errors are logarithms of predicted over measured. Runs of one sweep share their errors, so that a
 * sweep of n runs counts as the square root of n. Each fact is drawn to its value in `stack` and
 * stays within physical bounds: a few runs move what they determine, and nothing else.
 */
export function fitStack(stack: SoftwareStack, runs: readonly TimedRun[]): StackFit {
  const facts = stackFacts(new Set(runs.map(run => run.precision)));
  const prior = facts.map(fact => toScale(fact, fact.read(stack)));
  const spread = facts.map(fact => fact.spread);
  const sizes = new Map<string, number>();
  for (const {sweep} of runs) sizes.set(sweep, (sizes.get(sweep) ?? 0) + 1);
  const {x, deviation} = leastSquares({
    prior,
    spread,
    low: facts.map(fact => toScale(fact, fact.low)),
    high: facts.map(fact => toScale(fact, fact.high)),
    weights: runs.map(({sweep}) => (sizes.get(sweep) as number) ** -0.5),
    residuals: at => {
      const moved = withFacts(stack, facts, at);
      return runs.map(run => Math.log(run.predict(moved) / run.stepSeconds) / noise);
    },
  });
  return {
    stack: withFacts(stack, facts, x),
    facts: facts.map((fact, k) => ({
      fact,
      before: fact.read(stack),
      after: fromScale(fact, x[k] as number),
      identified: 1 - Math.min(1, ((deviation[k] as number) / (spread[k] as number)) ** 2),
    })),
  };
}
