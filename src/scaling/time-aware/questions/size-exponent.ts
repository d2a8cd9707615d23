import {numReplicas} from '../../../plan/plan.js';
import {batchFit} from '../../batch/useful-share.js';
import {lossOf} from '../../loss/loss-law.js';
import {lawOfPlan} from '../../loss/plan-law.js';
import type {SpeedTable} from '../speeds/speed-table.js';

/** How the size of least loss grows with time, N* ~ t^exponent, and why. */
export interface SizeExponents {
  /** On a machine whose FLOP/s do not depend on the size, with new tokens only: the law's own exponent. */
  readonly law: number;
  /** What planned speeds add: larger models use the machine better. */
  readonly utilization: number;
  /** What repeated tokens add: the data set has an end, sizes have none. */
  readonly repeatedData: number;
  /** The sum of the three. */
  readonly total: number;
  /** Size of least loss at each time, in the order of the times, with all effects. */
  readonly sizes: readonly number[];
}

/** Tokens per second of a size at one batch of the table. */
interface SmoothSpeed {
  /** Tokens of a step. */
  readonly batch: number;
  readonly tokensPerSecond: (parameters: number) => number;
}

/**
 * Exponent of the time-optimal size over `times`, in seconds. Planned speeds are smoothed over the sizes by a
 * parabola of their logarithms, since whole numbers of layers and heads make them jump.
 *
 * @param uniqueTokens of the data set; the plan's law reads them
 */
export function sizeExponents(
  table: SpeedTable,
  times: readonly number[],
  uniqueTokens: number | null,
): SizeExponents {
  const speeds = table.batches.map((_, batch) => smoothSpeed(table, batch));
  const reference = Math.sqrt((table.sizes[0]?.parameters ?? 1) * (table.sizes.at(-1)?.parameters ?? 1));
  const constant = speeds.map(({batch, tokensPerSecond}) => ({
    batch,
    tokensPerSecond: (parameters: number) => (tokensPerSecond(reference) * reference) / parameters,
  }));
  const fitted = (variant: readonly SmoothSpeed[], unique: number | null) => {
    const sizes = times.map(seconds => bestSize(table, variant, seconds, unique));
    return {sizes, exponent: slope(times.map(Math.log), sizes.map(Math.log))};
  };
  const law = fitted(constant, null);
  const planned = fitted(speeds, null);
  const repeated = fitted(speeds, uniqueTokens);
  return {
    law: law.exponent,
    utilization: planned.exponent - law.exponent,
    repeatedData: repeated.exponent - planned.exponent,
    total: repeated.exponent,
    sizes: repeated.sizes,
  };
}

function smoothSpeed(table: SpeedTable, batch: number): SmoothSpeed {
  const points = table.sizes.flatMap(({parameters}, size) => {
    const speed = table.speed(size, batch);
    return speed === null ? [] : [[Math.log(parameters), Math.log(speed.tokensPerSecond)] as const];
  });
  const [a, b, c] = parabola(points);
  const {sequenceLength} = table.plan.training;
  return {
    batch: (table.batches[batch] ?? 1) * sequenceLength * numReplicas(table.plan),
    tokensPerSecond: parameters => {
      const x = Math.log(parameters);
      return Math.exp(a + b * x + c * x * x);
    },
  };
}

/** Sizes that are tried between two of the table. */
const between = 20;

function bestSize(
  table: SpeedTable,
  speeds: readonly SmoothSpeed[],
  seconds: number,
  uniqueTokens: number | null,
): number {
  const {law} = lawOfPlan(table.plan);
  const [from = 1, to = 1] = [table.sizes[0]?.parameters, table.sizes.at(-1)?.parameters];
  const count = between * table.sizes.length;
  let best = {parameters: from, loss: Infinity};
  for (let i = 0; i <= count; i += 1) {
    const parameters = from * (to / from) ** (i / count);
    for (const {batch, tokensPerSecond} of speeds) {
      const tokens = seconds * tokensPerSecond(parameters);
      const useful = tokens * batchFit({tokens, batch}).usefulShare;
      const unique = uniqueTokens === null ? {} : {uniqueTokens: Math.min(uniqueTokens, useful)};
      const loss = lossOf(law, {parameters, tokens: useful, ...unique});
      if (loss < best.loss) best = {parameters, loss};
    }
  }
  return best.parameters;
}

/** Slope of the line of least squares. */
function slope(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [mean(xs), mean(ys)];
  const over = xs.reduce((sum, value, i) => sum + (value - x) * ((ys[i] ?? y) - y), 0);
  return over / xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Coefficients of 1, x and x^2 by least squares, solved about the mean of x. */
function parabola(points: readonly (readonly [number, number])[]): readonly [number, number, number] {
  const middle = mean(points.map(([x]) => x));
  const moved = points.map(([x, y]) => [x - middle, y] as const);
  const sum = (of: (x: number, y: number) => number) =>
    moved.reduce((total, [x, y]) => total + of(x, y), 0) / moved.length;
  // About the mean the first moment is zero, which leaves two unknowns of 1 and x^2 and the line's slope.
  const [m2, m3, m4] = [sum(x => x * x), sum(x => x ** 3), sum(x => x ** 4)];
  const [y0, y1, y2] = [sum((_, y) => y), sum((x, y) => x * y), sum((x, y) => x * x * y)];
  const curvature = (y2 - m2 * y0 - (m3 * y1) / m2) / (m4 - m2 ** 2 - m3 ** 2 / m2);
  const line = (y1 - m3 * curvature) / m2;
  const level = y0 - m2 * curvature;
  return [level - line * middle + curvature * middle ** 2, line - 2 * curvature * middle, curvature];
}
