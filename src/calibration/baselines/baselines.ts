import type {StepWork} from './step-work.js';

/** An estimate of the step time without a simulation: a sum of terms with fitted coefficients. */
interface Baseline {
  readonly title: string;
  /** For the head of a column. */
  readonly short: string;
  readonly terms: (work: StepWork) => readonly number[];
}

/** One term: the share of the peak that was reached elsewhere. */
const constantMfu: Baseline = {
  title: 'constant MFU',
  short: 'constant MFU',
  terms: ({computeSeconds}) => [computeSeconds],
};

const linearInFlop: Baseline = {
  title: 'linear in FLOP',
  short: 'FLOP',
  terms: ({computeSeconds}) => [1, computeSeconds],
};

/** After Inbar and Sernau 2024, "Time Matters" (arXiv 2406.18922). */
const linearInFlopAndTraffic: Baseline = {
  title: 'linear in FLOP and memory copies',
  short: 'FLOP + copies',
  terms: ({computeSeconds, trafficSeconds}) => [1, computeSeconds, trafficSeconds],
};

/** Each adds a term to the one before. */
export const baselines = {
  constantMfu,
  linearInFlop,
  linearInFlopAndTraffic,
} as const satisfies Record<string, Baseline>;

export type BaselineName = keyof typeof baselines;

export const baselineNames = Object.keys(baselines) as readonly BaselineName[];
