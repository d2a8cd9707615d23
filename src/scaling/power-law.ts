import type {Band} from '../units/band.js';
import type {Coefficient, LawFacts} from './law-facts.js';
import {outsideRange} from './outside-range.js';
import {tenthDeviate} from './tenth-deviate.js';

/** What a power law is of. */
export type PowerLawInput =
  | 'parameters'
  | 'tokens'
  | 'tokensPerParameter'
  /** Of the whole training run. */
  | 'flop'
  | 'loss'
  /** DiLoCo replicas. */
  | 'replicas';

/** factor x input^exponent x ...: the shape of nearly every law of batch size, learning rate and allocation. */
export interface PowerLaw<Input extends PowerLawInput = PowerLawInput> extends LawFacts<Input> {
  /** The standard error is of its logarithm: published factors are known to a factor. */
  readonly factor: Coefficient;
  readonly exponents: Readonly<Record<Input, Coefficient>>;
  /** Which parameters N counts; null: the law does not read them. */
  readonly counts: 'all parameters' | 'without embeddings' | 'not stated' | null;
}

/** The law's value, in the unit that its registry states. */
export function powerLawValue<Input extends PowerLawInput>(
  {factor, exponents}: PowerLaw<Input>,
  inputs: Readonly<Record<Input, number>>,
): number {
  return inputsOf(exponents).reduce(
    (product, name) => product * inputs[name] ** exponents[name].value,
    factor.value,
  );
}

/**
 * The value with its band: the errors of the exponents about the middle of the range that the law was
 * fitted to. That of a factor is theirs carried from there to inputs of 1 (Step Law's batch: 0.0184 for
 * each of 23.4 powers of e is 0.43), so it is not counted again. Null where no errors or no range are known.
 */
export function powerLawBand<Input extends PowerLawInput>(
  law: PowerLaw<Input>,
  inputs: Readonly<Record<Input, number>>,
): Band | null {
  const {exponents, range} = law;
  let variance = 0;
  for (const name of inputsOf(exponents)) {
    const bounds = range.bounds[name];
    const {standardError} = exponents[name];
    if (bounds === undefined || standardError === null) return null;
    const middle = Math.sqrt(bounds.from * bounds.to);
    variance += (standardError * Math.log(inputs[name] / middle)) ** 2;
  }
  const value = powerLawValue(law, inputs);
  const spread = Math.exp(tenthDeviate * Math.sqrt(variance));
  return {p10: value / spread, p50: value, p90: value * spread};
}

/** Why the inputs lie outside the runs that the law was fitted to; empty inside. */
export function powerLawOutsideRange<Input extends PowerLawInput>(
  {range}: PowerLaw<Input>,
  inputs: Readonly<Record<Input, number>>,
): string[] {
  return outsideRange(range, inputs);
}

function inputsOf<Input extends PowerLawInput>(exponents: Readonly<Record<Input, Coefficient>>): Input[] {
  return Object.keys(exponents) as Input[];
}
