import type {Coefficient, LawFacts} from './law-facts.js';

/** Quantities that a power law may depend on. */
export type PowerLawInput =
  | 'parameters'
  | 'tokens'
  | 'tokensPerParameter'
  /** FLOP of the whole training run. */
  | 'flop'
  | 'loss'
  /** DiLoCo replicas. */
  | 'replicas';

/** factor x input^exponent x ...: the form of the laws of batch size and learning rate. */
export interface PowerLaw<Input extends PowerLawInput = PowerLawInput> extends LawFacts<Input> {
  /** The standard error is of its logarithm: published factors are known to a factor. */
  readonly factor: Coefficient;
  readonly exponents: Readonly<Record<Input, Coefficient>>;
  /** Which parameters N counts; null: the law does not read them. */
  readonly counts: 'all parameters' | 'without embeddings' | 'not stated' | null;
}

/**
 * Value of the law: tokens of an optimizer step for `bestBatchLaws` and `criticalBatchLaws`, a rate of AdamW
 * for `learningRateLaws`.
 */
export function powerLawValue<Input extends PowerLawInput>(
  {factor, exponents}: PowerLaw<Input>,
  inputs: Readonly<Record<Input, number>>,
): number {
  return inputsOf(exponents).reduce(
    (product, name) => product * inputs[name] ** exponents[name].value,
    factor.value,
  );
}

function inputsOf<Input extends PowerLawInput>(exponents: Readonly<Record<Input, Coefficient>>): Input[] {
  return Object.keys(exponents) as Input[];
}
