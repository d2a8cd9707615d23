import {withoutError} from '../../law-facts.js';
import type {PowerLaw} from '../../power-law.js';

/** At 5.88e23 FLOP the last of them gives a model of 77 B parameters. */
const anchor = {flop: 5.88e23, parameters: 77e9};
const exponent = 0.497;

/**
 * As Kaplan's choices are undone one by one the exponent goes from 0.835 over 0.706 (FLOP of the last layer),
 * 0.602 (warm-up in proportion) and 0.571 (matched cosine) to 0.497 (tuned rate, batch and beta2).
 */
export const porianSize = {
  title: 'Porian 2024, best size',
  factor: withoutError(anchor.parameters / anchor.flop ** exponent),
  // 95 % interval 0.49 to 0.50.
  exponents: {flop: {value: exponent, standardError: 0.0026}},
  counts: 'all parameters',
  source:
    'Porian et al. 2024, "Resolving Discrepancies in Compute-Optimal Scaling of Language Models", Table 1, RefinedWeb',
  mark: 'derived',
  range: {mark: 'derived', bounds: {}},
  note: 'the factor follows from the size that the paper gives for one budget',
} as const satisfies PowerLaw<'flop'>;
