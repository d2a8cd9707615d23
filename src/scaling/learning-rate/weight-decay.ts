import {withoutError} from '../law-facts.js';
import {type PowerLaw, powerLawValue} from '../power-law.js';

/** Share of the training that AdamW averages over: batch / (learning rate x weight decay x tokens). */
export const powerLinesTimescale = {
  title: 'Power Lines 2025, best timescale of AdamW',
  factor: withoutError(1.084),
  exponents: {tokensPerParameter: withoutError(-0.527)},
  counts: 'not stated',
  source: 'Bergsma et al. 2025, "Power Lines" (arXiv 2505.13738)',
  mark: 'read',
  range: {mark: 'read', bounds: {tokensPerParameter: {from: 20, to: 1280}}},
  note: 'muP, 10 % warm-up, linear decay to zero',
} as const satisfies PowerLaw<'tokensPerParameter'>;

/** A run as its weight decay depends on it; the batch in tokens. */
export interface WeightDecayInputs {
  readonly parameters: number;
  readonly tokens: number;
  readonly batch: number;
  readonly learningRate: number;
}

/** The weight decay of AdamW of least loss, by the timescale that it averages over. */
export function bestWeightDecay({parameters, tokens, batch, learningRate}: WeightDecayInputs): number {
  const timescale = powerLawValue(powerLinesTimescale, {tokensPerParameter: tokens / parameters});
  return batch / (learningRate * timescale * tokens);
}

/**
 * The weight decay that DiLoCo's laws were measured with, of runs of `numSteps` inner steps T: 1 / T. Their rate
 * belongs to it; with the timescale of Power Lines that rate would ask for decays above 1.
 *
 * Charles et al. 2025, "Scaling Laws for DiLoCo" (arXiv 2503.09799), training setup [read].
 */
export function dilocoWeightDecay(numSteps: number): number {
  return 1 / numSteps;
}
