import type {Band} from '../units/band.js';
import type {FailureProcess} from './failures/failure-process.js';
import {simulateRun} from './failures/simulate-run.js';
import {normalQuantile} from './random/normal-quantile.js';
import {randomSource, shuffled} from './random/random-source.js';

/** A run of which the speed of a step and the rate of failures are known within bands. */
export interface UncertainRun {
  readonly process: FailureProcess;
  /** Standard deviation of the logarithm of the mean time between failures. */
  readonly logSpread: number;
  /** Time of the steps; the band is that of one step. */
  readonly steps: Band;
  /** Work besides steps that a failure loses as well: evaluations, reductions between replicas. */
  readonly pauseSeconds: number;
  /** Once at the start. */
  readonly warmUpSeconds: number;
  /** Seconds of a step that count over its seconds. */
  readonly countedShare: number;
}

export interface RunBands {
  readonly seconds: Band;
  readonly goodput: Band;
}

/**
 * Wall-clock and goodput of `runs` runs drawn at random.
 *
 * Step time and failure rate are drawn by strata (a Latin hypercube), so that the bands of a run
 * without failures are those of its steps already with few draws.
 */
export function simulateRuns(run: UncertainRun, runs: number, seed: number): RunBands {
  const random = randomSource(seed);
  const order = shuffled(runs, random);
  const seconds = new Float64Array(runs);
  const goodputs = new Float64Array(runs);
  for (let i = 0; i < runs; i += 1) {
    const steps = quantileOf(run.steps, (i + 0.5) / runs);
    const rank = ((order[i] as number) + 0.5) / runs;
    const mean = run.process.meanTimeBetweenFailures * Math.exp(run.logSpread * normalQuantile(rank));
    const process = {...run.process, meanTimeBetweenFailures: mean};
    const total = run.warmUpSeconds + simulateRun(process, steps + run.pauseSeconds, random);
    seconds[i] = total;
    goodputs[i] = (steps * run.countedShare) / total;
  }
  return {seconds: bandOf(seconds), goodput: bandOf(goodputs)};
}

const tenth = normalQuantile(0.9);

/** Two halves of log-normal distributions that meet at the median. */
function quantileOf({p10, p50, p90}: Band, share: number): number {
  const z = normalQuantile(share);
  return p50 * (z < 0 ? (p10 / p50) ** (-z / tenth) : (p90 / p50) ** (z / tenth));
}

function bandOf(values: Float64Array): Band {
  const sorted = values.sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
    return below === above ? below : below + (above - below) * (place - Math.floor(place));
  };
  return {p10: at(0.1), p50: at(0.5), p90: at(0.9)};
}
