import {tenthDeviate} from '../../units/band.js';
import {coefficientNames, coefficientsAt, type LossForm} from '../loss/loss-form.js';
import type {LossInputs} from '../loss/loss-inputs.js';
import {type LogLossModel, logLossModel} from './log-loss-model.js';
import {type Minimum, minimize, type Objective} from './minimize.js';
import {uniformNumbers} from './random.js';

/** A run and the loss that it ended with. */
export interface ObservedLoss {
  readonly inputs: LossInputs;
  readonly loss: number;
}

export interface LawFitOptions {
  /** Resamples of the rows that the errors come from. */
  readonly bootstraps: number;
  readonly seed: number;
  /** A further start, in the form's coordinates. */
  readonly start?: readonly number[];
  readonly onProgress?: (done: number, total: number) => void;
}

export interface LawFit {
  readonly rows: number;
  readonly coefficients: Readonly<Record<string, FittedCoefficient>>;
  /**
   * Covariance of the bootstrap, in the form's coordinates: positive coefficients as logarithms. Resamples that lost
   * a coefficient altogether, beyond five standard errors of it, are left out.
   */
  readonly covariance: readonly (readonly number[])[];
  /** Sum of the Huber losses on logs. */
  readonly huberLoss: number;
  /** Root mean square of log(fitted / observed). */
  readonly residual: number;
}

export interface FittedCoefficient {
  readonly value: number;
  /**
   * Half the 80 % interval in units of a normal distribution's. The standard deviation over the
   * bootstrap, which it equals there, hangs on the few furthest resamples of a skewed coefficient.
   */
  readonly standardError: number;
  /** 80 % interval of the bootstrap: one resample in ten is below `low`, one in ten above `high`. */
  readonly low: number;
  readonly high: number;
}

/** Hoffmann et al. 2022, sec. 3.3: residuals of the log loss count linearly above this. */
const huberDelta = 1e-3;

/** Few iterations from every start; from the best ones until nothing moves. */
const coarse = {maxIterations: 25, tolerance: 1e-4};
const fine = {maxIterations: 2000, tolerance: 1e-13};
/** A resample starts at the fit to all rows; its noise is far above what is left here. */
const resample = {maxIterations: 500, tolerance: 1e-10};
/** Curves have few starts, and derivatives that take long. */
const finalists = {'sum of powers': 12, curve: 4} as const;

/**
 * Fits a form to runs as Hoffmann et al. 2022 (sec. 3.3, D.2) and Besiroglu et al. 2024 do: the sum of the
 * Huber losses of log residuals by L-BFGS from a grid of starts. The losses are summed, not averaged:
 * averaging ended the search too early in the first of these.
 *
 * The same rows, options and seed give the same fit.
 *
 * @throws Error where there are fewer rows than coefficients
 */
export function fitLaw(form: LossForm, rows: readonly ObservedLoss[], options: LawFitOptions): LawFit {
  const names = coefficientNames(form);
  if (rows.length < names.length)
    throw new Error(`${names.length} coefficients cannot be fitted to ${rows.length} rows`);
  const models = rows.map(row => logLossModel(form, row.inputs));
  const observed = rows.map(row => Math.log(row.loss));
  const starts = [...(options.start === undefined ? [] : [options.start]), ...gridOfStarts(form)];
  const total = starts.length + options.bootstraps;
  let done = 0;
  const advance = () => options.onProgress?.(++done, total);

  const everyRowOnce = new Float64Array(rows.length).fill(1);
  const objective = huberObjective(models, observed, everyRowOnce);
  const best = bestMinimum(objective, starts, finalists[form.kind], advance);
  const resampled = bootstrap(models, observed, best, options, advance);
  return {
    rows: rows.length,
    coefficients: summarize(form, best.point, resampled),
    covariance: covarianceOf(names.length, resampled),
    huberLoss: best.value * huberDelta ** 2,
    residual: rootMeanSquare(models, observed, best.point),
  };
}

/** Every combination of the starts of every coefficient. */
function gridOfStarts(form: LossForm): number[][] {
  return coefficientNames(form).reduce<number[][]>(
    (grid, name) => {
      const starts = form.coefficients[name]?.starts ?? [];
      return grid.flatMap(point => starts.map(start => [...point, start]));
    },
    [[]],
  );
}

function bestMinimum(
  objective: Objective,
  starts: readonly (readonly number[])[],
  finals: number,
  advance: () => void,
): Minimum {
  const minima = starts.map(start => {
    const minimum = minimize(objective, start, coarse);
    advance();
    return minimum;
  });
  return lowest(
    minima
      .filter(({value}) => Number.isFinite(value))
      .sort((a, b) => a.value - b.value)
      .slice(0, finals)
      .map(({point}) => minimize(objective, point, fine)),
  );
}

function lowest(minima: readonly Minimum[]): Minimum {
  const [first, ...others] = minima;
  if (first === undefined) throw new Error('the loss is not finite from any start');
  return others.reduce((best, minimum) => (minimum.value < best.value ? minimum : best), first);
}

/** Huber losses in units of delta squared, so that the sum is neither tiny nor huge. */
function huberObjective(
  models: readonly LogLossModel[],
  observed: readonly number[],
  weights: Float64Array,
): Objective {
  let own = new Float64Array(0);
  return (point, gradient) => {
    if (own.length !== point.length) own = new Float64Array(point.length);
    gradient.fill(0);
    let sum = 0;
    for (let row = 0; row < models.length; row++) {
      const weight = weights[row] ?? 0;
      const model = models[row];
      if (weight === 0 || model === undefined) continue;
      const residual = (model.at(point, own) - (observed[row] ?? 0)) / huberDelta;
      const size = Math.abs(residual);
      sum += weight * (size <= 1 ? residual ** 2 / 2 : size - 0.5);
      const pull = (weight * Math.max(-1, Math.min(1, residual))) / huberDelta;
      for (let i = 0; i < own.length; i++) gradient[i] = (gradient[i] ?? 0) + pull * (own[i] ?? 0);
    }
    return sum;
  };
}

/** Coordinates of the fit to each resample of the rows, drawn with replacement. */
function bootstrap(
  models: readonly LogLossModel[],
  observed: readonly number[],
  best: Minimum,
  {bootstraps, seed}: LawFitOptions,
  advance: () => void,
): Float64Array[] {
  const uniform = uniformNumbers(seed);
  return Array.from({length: bootstraps}, () => {
    const weights = new Float64Array(models.length);
    for (let draw = 0; draw < models.length; draw++) {
      const row = Math.floor(uniform() * models.length);
      weights[row] = (weights[row] ?? 0) + 1;
    }
    const {point} = minimize(huberObjective(models, observed, weights), best.point, resample);
    advance();
    return point;
  });
}

function summarize(
  form: LossForm,
  best: Float64Array,
  resampled: readonly Float64Array[],
): Record<string, FittedCoefficient> {
  const values = coefficientsAt(form, best);
  const samples = resampled.map(point => coefficientsAt(form, point));
  return Object.fromEntries(
    coefficientNames(form).map(name => {
      const drawn = samples.map(sample => sample[name] ?? Number.NaN).sort((a, b) => a - b);
      const [low, high] = [quantile(drawn, 0.1), quantile(drawn, 0.9)];
      const standardError = (high - low) / (2 * tenthDeviate);
      return [name, {value: values[name] ?? Number.NaN, standardError, low, high}] as const;
    }),
  );
}

function covarianceOf(size: number, resampled: readonly Float64Array[]): number[][] {
  const every = Array.from({length: size}, (_, i) => column(resampled, i).sort((a, b) => a - b));
  const middles = every.map(sorted => quantile(sorted, 0.5));
  const reach = every.map(
    sorted => (5 * (quantile(sorted, 0.9) - quantile(sorted, 0.1))) / (2 * tenthDeviate),
  );
  const kept = resampled.filter(point =>
    point.every((x, i) => Math.abs(x - (middles[i] ?? 0)) <= (reach[i] ?? 0)),
  );
  const columns = Array.from({length: size}, (_, i) => column(kept, i));
  return columns.map(a => columns.map(b => covariance(a, b)));
}

const column = (points: readonly Float64Array[], i: number) => points.map(point => point[i] ?? Number.NaN);

function covariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, x, i) => sum + (x - meanA) * ((b[i] ?? 0) - meanB), 0) / (a.length - 1);
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Linear between the two nearest of sorted values. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

function rootMeanSquare(
  models: readonly LogLossModel[],
  observed: readonly number[],
  point: Float64Array,
): number {
  const unused = new Float64Array(point.length);
  const squares = models.map((model, row) => (model.at(point, unused) - (observed[row] ?? 0)) ** 2);
  return Math.sqrt(mean(squares));
}
