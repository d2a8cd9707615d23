import {ascending, mean, quantile} from '../statistics.js';
import {type ComparedRun, type MeasuredLayout, measuredSweeps} from './measured-sweeps.js';
import {rankCorrelation} from './rank-correlation.js';

/** How well predictions put the layouts of a sweep in order. */
export interface Ranking {
  /** Sweeps of five or more measured layouts. */
  readonly sweeps: number;
  /** Mean over sweeps of Spearman's rank correlation of predicted and measured step times. */
  readonly rankCorrelation: number;
  readonly regret: Regret;
}

/** How much slower than the fastest measured layout of a sweep the one predicted fastest is, as a fraction. */
export interface Regret {
  readonly mean: number;
  readonly p90: number;
  readonly worst: number;
}

/** Null where no sweep has enough layouts. */
export function rankingOf(runs: readonly ComparedRun[]): Ranking | null {
  const sweeps = measuredSweeps(runs);
  if (sweeps.length === 0) return null;
  const regrets = ascending(sweeps.map(plannerRegret));
  return {
    sweeps: sweeps.length,
    rankCorrelation: mean(
      sweeps.map(layouts =>
        rankCorrelation(
          layouts.map(({predicted}) => predicted),
          layouts.map(({measured}) => measured),
        ),
      ),
    ),
    regret: {mean: mean(regrets), p90: quantile(regrets, 0.9), worst: regrets.at(-1) ?? 0},
  };
}

/** Layouts predicted equally fast are as likely to be taken, so that the mean of them counts. */
export function plannerRegret(layouts: readonly MeasuredLayout[]): number {
  const fastest = Math.min(...layouts.map(({predicted}) => predicted));
  const taken = layouts.filter(({predicted}) => predicted === fastest);
  return mean(taken.map(({measured}) => measured)) / Math.min(...layouts.map(({measured}) => measured)) - 1;
}
