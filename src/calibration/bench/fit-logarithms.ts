import {leastSquares} from '../fit/least-squares.js';

/** Positive numbers of which a model of some times is made. */
export interface TimedModel {
  readonly start: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Predicted over measured time of each row. */
  readonly ratios: (values: readonly number[]) => readonly number[];
}

/** Noise of a measured time, as a fraction; far from the answer every row counts, near it few outliers do not. */
const noises = [1, 0.3, 0.05, 0.05] as const;
/** Log-width of what a number may turn out to be: a factor of about four either way. */
const spread = 1.4;

/** The numbers within their bounds that bring a model nearest to what was measured. */
export function fitLogarithms({start, low, high, ratios}: TimedModel): readonly number[] {
  const bounds = {low: low.map(Math.log), high: high.map(Math.log)};
  let x: readonly number[] = start.map((value, i) =>
    Math.log(Math.min(high[i] as number, Math.max(low[i] as number, value))),
  );
  for (const noise of noises) {
    const residuals = (at: readonly number[]) =>
      ratios(at.map(Math.exp)).map(ratio => Math.log(ratio) / noise);
    const weights = residuals(x).map(() => 1);
    x = leastSquares({prior: x, spread: x.map(() => spread), ...bounds, residuals, weights}).x;
  }
  return x.map(Math.exp);
}
