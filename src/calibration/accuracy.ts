/** How far predictions lie from measurements. Fractions of the measured value. */
export interface Accuracy {
  readonly count: number;
  readonly meanAbsoluteError: number;
  readonly medianAbsoluteError: number;
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
  const absolute = errors.map(Math.abs).sort((a, b) => a - b);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    count: pairs.length,
    meanAbsoluteError: mean(absolute),
    medianAbsoluteError: median(absolute),
    bias: mean(errors),
    worstAbsoluteError: absolute.at(-1) ?? 0,
  };
}

function median(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
