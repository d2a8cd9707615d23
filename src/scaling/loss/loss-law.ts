import {type Band, tenthDeviate} from '../../units/band.js';
import {logLossModel} from '../fit/log-loss-model.js';
import type {Coefficient, LawFacts} from '../law-facts.js';
import {outsideRange} from '../outside-range.js';
import {coefficientNames, coordinatesOf, dot, formLoss, type LossForm} from './loss-form.js';
import {type LossInputs, type LossRangeName, rangeInputs} from './loss-inputs.js';

/** A form with published coefficients. */
export interface LossLaw<Name extends string = string> extends LawFacts<LossRangeName> {
  readonly form: LossForm<Name>;
  readonly coefficients: Readonly<Record<Name, Coefficient>>;
  /**
   * Covariance of the coefficients in the form's coordinates, in the order of the form. Absent: not known, and the
   * errors are taken as independent, which makes bands too wide where a factor and its exponent move together.
   */
  readonly covariance?: readonly (readonly number[])[];
  /** Root mean square of log(law / run) over the runs that it was fitted to; null: not known. */
  readonly residual: number | null;
  /** Which parameters N counts. */
  readonly counts: 'all parameters' | 'without embeddings' | 'not stated';
  readonly unit: 'nats per token' | 'not stated';
}

/** Loss of a run by `law`, in the law's unit. */
export function lossOf(law: LossLaw, inputs: LossInputs): number {
  return formLoss(law.form, valuesOf(law), inputs);
}

/**
 * Loss with its band, by propagation of the published standard errors to first order (delta method) and
 * the scatter of runs around the law; null where a law states neither.
 */
export function lossBand(law: LossLaw, inputs: LossInputs): Band | null {
  const deviation = relativeDeviation(law, inputs);
  if (deviation === null) return null;
  const loss = lossOf(law, inputs);
  const spread = tenthDeviate * deviation;
  return {p10: loss * Math.exp(-spread), p50: loss, p90: loss * Math.exp(spread)};
}

/** Why the run is outside the runs that the law was fitted to; empty inside. */
export function lossOutsideRange(law: LossLaw, inputs: LossInputs): string[] {
  return outsideRange(law.range, rangeInputs(inputs));
}

/** Standard deviation of the log of the loss; null where the law states nothing of it. */
function relativeDeviation(law: LossLaw, inputs: LossInputs): number | null {
  const {form, residual} = law;
  const covariance = law.covariance ?? independentErrors(law);
  if (residual === null && covariance === null) return null;
  const point = Float64Array.from(coordinatesOf(form, valuesOf(law)));
  const slopes = new Float64Array(point.length);
  logLossModel(form, inputs).at(point, slopes);
  const variance = slopes.reduce((sum, slope, i) => sum + slope * dot(slopes, covariance?.[i] ?? []), 0);
  return Math.sqrt((residual ?? 0) ** 2 + variance);
}

/** Squares of the published standard errors on the diagonal; null where none was published. */
function independentErrors(law: LossLaw): number[][] | null {
  const errors = coefficientNames(law.form).map(name => coordinateError(law, name));
  if (errors.every(error => error === 0)) return null;
  return errors.map((error, i) => errors.map((_, j) => (i === j ? error ** 2 : 0)));
}

/** Standard error, of the logarithm where the coefficient must be positive; 0 where none was published. */
function coordinateError({form, coefficients}: LossLaw, name: string): number {
  const coefficient = coefficients[name];
  if (coefficient?.standardError == null) return 0;
  const {value, standardError} = coefficient;
  return form.coefficients[name]?.coordinate === 'log' ? standardError / value : standardError;
}

function valuesOf({coefficients}: LossLaw): Record<string, number> {
  return Object.fromEntries(Object.entries(coefficients).map(([name, {value}]) => [name, value]));
}
