/** A function with its gradient, which it writes into `gradient`. A value that is not finite is out of bounds. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
}

export interface MinimizeOptions {
  readonly maxIterations: number;
  /** Stops when an iteration gains less than this share of the value. */
  readonly tolerance: number;
}

/** Pairs of steps that the curvature is remembered from. */
const memory = 10;
const maxTrials = 40;
/** Sufficient decrease and curvature of the weak Wolfe conditions. */
const decrease = 1e-4;
const curvature = 0.9;

/**
 * Limited-memory BFGS (Nocedal 1980; two-loop recursion of Nocedal & Wright, "Numerical Optimization",
 * algorithm 7.4) with the bisection line search of Lewis & Overton 2013, which a Huber loss needs: its
 * second derivative jumps.
 */
export function minimize(objective: Objective, start: ArrayLike<number>, options: MinimizeOptions): Minimum {
  const size = start.length;
  let point = Float64Array.from(start);
  let gradient = new Float64Array(size);
  let value = objective(point, gradient);
  const pairs: Pair[] = [];
  let iterations = 0;
  while (Number.isFinite(value) && iterations < options.maxIterations) {
    const direction = descent(gradient, pairs);
    const firstStep = pairs.length === 0 ? 1 / Math.max(1, norm(gradient)) : 1;
    const next = searchLine(objective, {point, gradient, value}, direction, firstStep);
    if (next === null) {
      if (pairs.length === 0) break;
      pairs.length = 0;
      continue;
    }
    iterations++;
    remember(pairs, difference(next.point, point), difference(next.gradient, gradient));
    const gain = value - next.value;
    ({point, gradient, value} = next);
    if (gain <= options.tolerance * Math.abs(value)) break;
  }
  return {point, value, iterations};
}

interface Evaluated {
  readonly point: Float64Array<ArrayBuffer>;
  readonly gradient: Float64Array<ArrayBuffer>;
  readonly value: number;
}

/** A step, the change of the gradient along it, and one over their product. */
interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly inverse: number;
}

function remember(pairs: Pair[], step: Float64Array, change: Float64Array): void {
  const product = inner(step, change);
  if (!(product > 1e-300)) return;
  pairs.push({step, change, inverse: 1 / product});
  if (pairs.length > memory) pairs.shift();
}

/** Minus the inverse Hessian, as the pairs know it, times the gradient. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map(x => -x);
  const weights = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const {step, change, inverse} = pairs[i] as Pair;
    const weight = inverse * inner(step, direction);
    weights[i] = weight;
    addScaled(direction, change, -weight);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.inverse * inner(last.change, last.change));
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] ?? 0) * scale;
  }
  for (const [i, {step, change, inverse}] of pairs.entries()) {
    addScaled(direction, step, (weights[i] ?? 0) - inverse * inner(change, direction));
  }
  return direction;
}

/** The next point along `direction`; null where no step goes down. */
function searchLine(
  objective: Objective,
  from: Evaluated,
  direction: Float64Array,
  firstStep: number,
): Evaluated | null {
  const slope = inner(from.gradient, direction);
  if (!(slope < 0)) return null;
  let [low, high] = [0, Infinity];
  let step = firstStep;
  let best: Evaluated | null = null;
  for (let trial = 0; trial < maxTrials; trial++) {
    const point = from.point.slice();
    addScaled(point, direction, step);
    const gradient = new Float64Array(point.length);
    const value = objective(point, gradient);
    if (!(value <= from.value + decrease * step * slope)) high = step;
    else {
      best = {point, gradient, value};
      if (inner(gradient, direction) >= curvature * slope) return best;
      low = step;
    }
    step = high === Infinity ? 2 * step : (low + high) / 2;
  }
  return best;
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(target: Float64Array, by: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + factor * (by[i] as number);
}

const norm = (a: Float64Array) => Math.sqrt(inner(a, a));
const difference = (a: Float64Array, b: Float64Array) => a.map((x, i) => x - (b[i] as number));
