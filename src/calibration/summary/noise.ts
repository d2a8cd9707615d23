import {groupBy, mean} from '../statistics.js';
import type {ComparedRun} from './measured-sweeps.js';

/** Spread of runs with one configuration: a floor under every prediction error. */
export interface Noise {
  /** Runs that repeat another one, the first included. */
  readonly runs: number;
  /** Configurations that were run more than once. */
  readonly configurations: number;
  /** Standard deviation of repeated step times, pooled over configurations, as a fraction of the step time. */
  readonly spread: number;
  /**
   * Mean absolute error that the best prediction would have on them: the mean difference of two
   * repeats over the square root of two, as for normal errors.
   */
  readonly errorFloor: number;
}

/** Null where nothing was repeated. */
export function noiseOf(runs: readonly Omit<ComparedRun, 'predicted'>[]): Noise | null {
  const repeated = [...groupBy(runs, ({sweep, configuration}) => `${sweep} ${configuration}`).values()]
    .map(group => group.map(({measured}) => Math.log(measured)))
    .filter(({length}) => length > 1);
  if (repeated.length === 0) return null;
  // A group of n repeats has n - 1 degrees of freedom.
  const freedom = repeated.reduce((sum, {length}) => sum + length - 1, 0);
  const squares = repeated.reduce((sum, group) => sum + squaredDeviations(group), 0);
  const differences = repeated.reduce((sum, group) => sum + (group.length - 1) * meanDifference(group), 0);
  return {
    runs: repeated.reduce((sum, {length}) => sum + length, 0),
    configurations: repeated.length,
    spread: Math.sqrt(squares / freedom),
    errorFloor: differences / freedom / Math.SQRT2,
  };
}

function squaredDeviations(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

/** Mean absolute difference of two of the values. */
function meanDifference(values: readonly number[]): number {
  const differences = values.flatMap((a, i) => values.slice(i + 1).map(b => Math.abs(a - b)));
  return mean(differences);
}
