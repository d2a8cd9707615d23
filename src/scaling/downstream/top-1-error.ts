import type {LawFacts} from '../law-facts.js';

/** Top-1 error averaged over 17 tasks: epsilon - k exp(-gamma L), L the loss on C4's validation set. */
export interface TopOneErrorLaw extends LawFacts<'loss'> {
  readonly epsilon: number;
  readonly k: number;
  readonly gamma: number;
}

const shared = {
  source: 'Gadre et al. 2024, "Language models scale reliably with over-training and on downstream tasks"',
  mark: 'recalled',
  range: {mark: 'derived', bounds: {}},
  note: 'of models trained on this corpus; the loss is that of the gadre law of the same corpus',
} as const;

/** By corpus of the training. */
export const topOneErrorLaws = {
  c4: {...shared, title: 'Gadre 2024, tasks after C4', epsilon: 0.85, k: 2.08, gamma: 0.756},
  redpajama: {...shared, title: 'Gadre 2024, tasks after RedPajama', epsilon: 0.857, k: 2.21, gamma: 0.715},
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: a fitted figure, not the root of one half
  refinedweb: {...shared, title: 'Gadre 2024, tasks after RefinedWeb', epsilon: 0.865, k: 2.21, gamma: 0.707},
} as const satisfies Record<string, TopOneErrorLaw>;

export function topOneError({epsilon, k, gamma}: TopOneErrorLaw, loss: number): number {
  return epsilon - k * Math.exp(-gamma * loss);
}
