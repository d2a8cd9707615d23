import {ascending, mean, quantile} from './statistics.js';

/** Errors of predictions, as fractions of the measured value. */
export interface Accuracy {
  readonly count: number;
  /** MAPE, as a fraction. */
  readonly meanAbsoluteError: number;
  readonly medianAbsoluteError: number;
  /** 90 % of the predictions have a smaller error. */
  readonly p90AbsoluteError: number;
  /** Mean of predicted over measured, minus one: above 0 where predictions are too large. */
  readonly bias: number;
  readonly worstAbsoluteError: number;
}

export interface PredictedPair {
  readonly predicted: number;
  readonly measured: number;
}

/** Null where there is nothing to compare. */
export function accuracyOf(pairs: readonly PredictedPair[]): Accuracy | null {
  if (pairs.length === 0) return null;
  const errors = pairs.map(({predicted, measured}) => predicted / measured - 1);
  const absolute = ascending(errors.map(Math.abs));
  return {
    count: pairs.length,
    meanAbsoluteError: mean(absolute),
    medianAbsoluteError: quantile(absolute, 0.5),
    p90AbsoluteError: quantile(absolute, 0.9),
    bias: mean(errors),
    worstAbsoluteError: absolute.at(-1) ?? 0,
  };
}
