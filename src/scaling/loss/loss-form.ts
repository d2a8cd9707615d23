import {completeInputs, type LossInputName, type LossInputs} from './loss-inputs.js';

/**
 * An equation of the loss whose coefficients are free.
 *
 * Coefficients are fitted, and their errors propagated, in coordinates that run over all numbers: a
 * coefficient that must be positive stands there as its logarithm.
 */
export type LossForm<Name extends string = string> = SumOfPowers<Name> | Curve<Name>;

interface FormFacts<Name extends string> {
  readonly equation: string;
  /** What it reads besides parameters and tokens. */
  readonly reads: readonly LossInputName[];
  readonly coefficients: Readonly<Record<Name, FreeCoefficient>>;
}

/** Whether a coefficient is positive (fitted as its logarithm), and where fits of it start, in that coordinate. */
export interface FreeCoefficient {
  readonly coordinate: 'log' | 'linear';
  readonly starts: readonly number[];
}

/**
 * A sum of products of powers. The log of a term is linear in the coordinates: `logTerms` gives the
 * weight of each coordinate, in the order of `coefficients`, so that the gradient is exact.
 */
interface SumOfPowers<Name extends string> extends FormFacts<Name> {
  readonly kind: 'sum of powers';
  logTerms(inputs: Required<LossInputs>): readonly (readonly number[])[];
}

/** Any other equation. */
interface Curve<Name extends string> extends FormFacts<Name> {
  readonly kind: 'curve';
  loss(coefficients: Readonly<Record<Name, number>>, inputs: Required<LossInputs>): number;
}

/** Loss of `form` with these coefficients. */
export function formLoss<Name extends string>(
  form: LossForm<Name>,
  coefficients: Readonly<Record<Name, number>>,
  inputs: LossInputs,
): number {
  const complete = completeInputs(inputs);
  if (form.kind === 'curve') return form.loss(coefficients, complete);
  const point = coordinatesOf(form, coefficients);
  return form.logTerms(complete).reduce((sum, term) => sum + Math.exp(dot(term, point)), 0);
}

/** Coefficient names in the order of the coordinates. */
export function coefficientNames<Name extends string>(form: LossForm<Name>): Name[] {
  return Object.keys(form.coefficients) as Name[];
}

export function coordinatesOf<Name extends string>(
  form: LossForm<Name>,
  coefficients: Readonly<Record<Name, number>>,
): number[] {
  return coefficientNames(form).map(name =>
    form.coefficients[name].coordinate === 'log' ? Math.log(coefficients[name]) : coefficients[name],
  );
}

export function coefficientsAt<Name extends string>(
  form: LossForm<Name>,
  point: ArrayLike<number>,
): Record<Name, number> {
  const entries = coefficientNames(form).map((name, i) => {
    const value = point[i] ?? Number.NaN;
    return [name, form.coefficients[name].coordinate === 'log' ? Math.exp(value) : value] as const;
  });
  return Object.fromEntries(entries) as Record<Name, number>;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
