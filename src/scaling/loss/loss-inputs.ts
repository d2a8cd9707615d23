/** What a run is to a loss law. A law reads the fields that its form names. */
export interface LossInputs {
  /** In the law's own count: see `counts` of the law. */
  readonly parameters: number;
  /** Seen in training, repetitions included. */
  readonly tokens: number;
  /** Absent: every token is new. */
  readonly uniqueTokens?: number;
  /** Bits of the weights, activations, keys and values in training; absent: 16. */
  readonly weightBits?: number;
  readonly activationBits?: number;
  readonly keyValueBits?: number;
  /** Width of a dense feed-forward block over that of an expert; absent: 1. */
  readonly granularity?: number;
  /** DiLoCo replicas; absent: 1. */
  readonly replicas?: number;
}

export type LossInputName = keyof LossInputs;

/** Inputs with the ratios that ranges of validity are stated in. */
export type LossRangeName = LossInputName | 'tokensPerParameter' | 'epochs';

export const lossInputNames = [
  'parameters',
  'tokens',
  'uniqueTokens',
  'weightBits',
  'activationBits',
  'keyValueBits',
  'granularity',
  'replicas',
] as const satisfies readonly LossInputName[];

/** Every input, the absent ones at what they stand for. */
export function completeInputs(inputs: LossInputs): Required<LossInputs> {
  return {
    uniqueTokens: inputs.tokens,
    weightBits: 16,
    activationBits: 16,
    keyValueBits: 16,
    granularity: 1,
    replicas: 1,
    ...inputs,
  };
}

/** Inputs and their ratios, for ranges of validity. */
export function rangeInputs(inputs: LossInputs): Record<LossRangeName, number> {
  const complete = completeInputs(inputs);
  const {parameters, tokens, uniqueTokens} = complete;
  return {...complete, tokensPerParameter: tokens / parameters, epochs: tokens / uniqueTokens};
}
