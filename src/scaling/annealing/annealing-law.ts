import type {LawFacts} from '../law-facts.js';

/**
 * Loss at every step of a run, from its learning rates alone: L(s) = L0 + A S1^-alpha - C S2, with S1 the
 * sum of the rates up to step s and S2 the sum of what annealing took off them, remembered with `decay`.
 */
export interface AnnealingLaw extends LawFacts<never> {
  readonly L0: number;
  readonly A: number;
  readonly alpha: number;
  readonly C: number;
  readonly decay: number;
}

export const tissue = {
  title: 'Tissue 2024, a run of 594 M parameters',
  L0: 2.628,
  A: 0.429,
  alpha: 0.507,
  C: 0.411,
  decay: 0.999,
  source: 'Tissue et al. 2024, "Scaling Law with Learning Rate Annealing", eq. 1 and its first fit',
  mark: 'recalled',
  range: {mark: 'derived', bounds: {}},
  note: 'the form carries over to other runs, the numbers do not: fit them to one curve of your own',
} as const satisfies AnnealingLaw;

/** Loss after each step. @param learningRates of each step, the warm-up included */
export function annealingCurve(law: AnnealingLaw, learningRates: ArrayLike<number>): Float64Array {
  const {L0, A, alpha, C, decay} = law;
  const losses = new Float64Array(learningRates.length);
  let [sum, momentum, annealed] = [0, 0, 0];
  for (let step = 0; step < losses.length; step++) {
    const rate = learningRates[step] ?? 0;
    const before = learningRates[step - 1] ?? rate;
    sum += rate;
    momentum = decay * momentum + (before - rate);
    annealed += momentum;
    losses[step] = L0 + A * sum ** -alpha - C * annealed;
  }
  return losses;
}
