import {solveSymmetric} from '../fit/solve.js';

/** A run as a sum of terms. Coefficients times terms should add up to `measured`. */
export interface SummedRun {
  readonly terms: readonly number[];
  readonly measured: number;
}

const iterations = 20;
/** Smaller errors count as this one: a run that is predicted exactly must not outweigh all others. */
const smallestError = 0.005;
/** Keeps equal columns solvable; far below the precision of the data. */
const ridge = 1e-9;

/**
 * Coefficients, none below zero, with the least sum of absolute relative errors, by iteratively reweighted
 * least squares.
 *
 * @param runs one or more, all with as many terms; terms are zero or more, some above zero
 */
export function fitTerms(runs: readonly SummedRun[]): readonly number[] {
  const shares = runs.map(({terms, measured}) => terms.map(term => term / measured));
  let weights = runs.map(() => 1);
  let coefficients: readonly number[] = [];
  for (let round = 0; round < iterations; round += 1) {
    coefficients = leastSquares(shares, weights);
    weights = shares.map(share => 1 / Math.max(smallestError, Math.abs(sumOfTerms(share, coefficients) - 1)));
  }
  return coefficients;
}

export function sumOfTerms(terms: readonly number[], coefficients: readonly number[]): number {
  return terms.reduce((sum, term, i) => sum + term * (coefficients[i] ?? 0), 0);
}

/** The best coefficients that are not below zero, by trying every subset of the terms. */
function leastSquares(shares: readonly (readonly number[])[], weights: readonly number[]): readonly number[] {
  const numTerms = shares[0]?.length ?? 0;
  const columns = Array.from({length: numTerms}, (_, i) => i);
  const sum = (of: (share: readonly number[]) => number) =>
    shares.reduce((total, share, i) => total + (weights[i] ?? 0) * of(share), 0);
  const gram = columns.map(i => columns.map(j => sum(share => (share[i] ?? 0) * (share[j] ?? 0))));
  const right = columns.map(i => sum(share => share[i] ?? 0));
  let best: readonly number[] = columns.map(() => 0);
  let bestGain = 0;
  for (let subset = 1; subset < 2 ** numTerms; subset += 1) {
    const taken = columns.filter(i => subset & (1 << i));
    const solved = solveSymmetric(
      taken.map(i => taken.map(j => (gram[i]?.[j] ?? 0) * (i === j ? 1 + ridge : 1))),
      taken.map(i => right[i] ?? 0),
    );
    // What the subset takes off the sum of squares.
    const gain = taken.reduce((total, i, k) => total + (right[i] ?? 0) * (solved[k] ?? 0), 0);
    if (gain <= bestGain || solved.some(value => value < 0)) continue;
    bestGain = gain;
    best = columns.map(i => solved[taken.indexOf(i)] ?? 0);
  }
  return best;
}
