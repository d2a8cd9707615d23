import {inverseDiagonal, solveSymmetric} from './solve.js';

/** Residuals that a vector of parameters should make small, each in units of its own noise. */
export interface LeastSquaresProblem {
  /** Prior of each parameter: the fit starts there and is drawn to it. */
  readonly prior: readonly number[];
  /** Standard deviation of each prior. */
  readonly spread: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly residuals: (x: readonly number[]) => readonly number[];
  /** Derivatives of the residuals by each parameter, near `x`; absent: by differences of residuals at `x`. */
  readonly slopes?: (x: readonly number[]) => readonly (readonly number[])[];
  /** Weight of each residual. */
  readonly weights: readonly number[];
}

export interface Solution {
  readonly x: readonly number[];
  /** Standard deviation of each parameter given the residuals and the prior, linearised at `x`. */
  readonly deviation: readonly number[];
}

/** Residual, in units of noise, from which the loss grows by its size and no longer by its square. */
const robustFrom = 1;
/** Residual, in units of noise, that pulls half as much as a small one. Runs so far off are of a kind that the model lacks. */
const strangeFrom = 6;
const step = 0.02;
const rounds = 12;

/**
 * Least squares with a loss that grows ever slower, a Gaussian prior and bounds, by damped Gauss-Newton steps.
 *
 * The priors determine every parameter: one that the residuals do not depend on stays where it was.
 */
export function leastSquares(problem: LeastSquaresProblem): Solution {
  let x = [...problem.prior];
  let residuals = problem.residuals(x);
  let cost = costOf(problem, x, residuals);
  let damping = 1e-3;
  let normal = normalEquations(problem, x, residuals);
  for (let round = 0; round < rounds; round += 1) {
    const moved = clamp(problem, add(x, direction(normal, damping)));
    const next = problem.residuals(moved);
    const reached = costOf(problem, moved, next);
    if (reached >= cost) {
      damping *= 10;
      if (damping > 1e4) break;
      continue;
    }
    const gained = cost - reached;
    x = moved;
    residuals = next;
    cost = reached;
    damping = Math.max(1e-6, damping / 10);
    if (gained < 1e-3 * reached) break;
    normal = normalEquations(problem, x, residuals);
  }
  return {x, deviation: inverseDiagonal(normal.matrix).map(Math.sqrt)};
}

function costOf(
  {weights, prior, spread}: LeastSquaresProblem,
  x: readonly number[],
  r: readonly number[],
): number {
  const data = r.reduce((sum, value, i) => sum + (weights[i] as number) * lossOf(Math.abs(value)), 0);
  return x.reduce(
    (sum, value, k) => sum + ((value - (prior[k] as number)) / (spread[k] as number)) ** 2 / 2,
    data,
  );
}

function lossOf(size: number): number {
  if (size <= robustFrom) return (size * size) / 2;
  const reach = (at: number) => strangeFrom * Math.atan(at / strangeFrom);
  return robustFrom * (robustFrom / 2 + reach(size) - reach(robustFrom));
}

/** Derivative of the loss, over the residual. */
function pullOf(size: number): number {
  return size <= robustFrom ? 1 : robustFrom / (size * (1 + (size / strangeFrom) ** 2));
}

interface NormalEquations {
  readonly matrix: readonly (readonly number[])[];
  readonly right: readonly number[];
}

function normalEquations(
  problem: LeastSquaresProblem,
  x: readonly number[],
  residuals: readonly number[],
): NormalEquations {
  const {weights, prior, spread} = problem;
  const columns = problem.slopes?.(x) ?? differences(problem, x, residuals);
  const pull = residuals.map((r, i) => (weights[i] as number) * pullOf(Math.abs(r)));
  const inner = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + (pull[i] as number) * value * (b[i] as number), 0);
  const matrix = columns.map((a, k) =>
    columns.map((b, l) => inner(a, b) + (k === l ? (spread[k] as number) ** -2 : 0)),
  );
  const right = columns.map(
    (a, k) => -inner(a, residuals) - ((x[k] as number) - (prior[k] as number)) * (spread[k] as number) ** -2,
  );
  return {matrix, right};
}

function differences(
  {residuals, high}: LeastSquaresProblem,
  x: readonly number[],
  at: readonly number[],
): readonly (readonly number[])[] {
  return x.map((value, k) => {
    const h = value + step > (high[k] as number) ? -step : step;
    return residuals(x.with(k, value + h)).map((r, i) => (r - (at[i] as number)) / h);
  });
}

function direction({matrix, right}: NormalEquations, damping: number): number[] {
  const damped = matrix.map((row, k) => row.map((value, l) => (k === l ? value * (1 + damping) : value)));
  return solveSymmetric(damped, right);
}

function add(x: readonly number[], d: readonly number[]): number[] {
  return x.map((value, k) => value + (d[k] as number));
}

function clamp({low, high}: LeastSquaresProblem, x: readonly number[]): number[] {
  return x.map((value, k) => Math.min(high[k] as number, Math.max(low[k] as number, value)));
}
