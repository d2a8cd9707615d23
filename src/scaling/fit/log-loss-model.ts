import {coefficientNames, dot, type LossForm} from '../loss/loss-form.js';
import {completeInputs, type LossInputs} from '../loss/loss-inputs.js';

/** The log of a form's loss at one run, as a function of the form's coordinates. */
export interface LogLossModel {
  /** Log of the loss; its derivatives are written into `gradient`. */
  at(point: Float64Array, gradient: Float64Array): number;
}

/** The model of one run: with exact derivatives where the form is a sum of powers. */
export function logLossModel(form: LossForm, inputs: LossInputs): LogLossModel {
  const complete = completeInputs(inputs);
  if (form.kind === 'sum of powers') return sumModel(form.logTerms(complete));
  const names = coefficientNames(form);
  const logs = names.map(name => form.coefficients[name]?.coordinate === 'log');
  // One record for all evaluations: making a new one takes longer than the loss itself.
  const coefficients: Record<string, number> = {};
  const logLoss = (point: Float64Array) => {
    for (let i = 0; i < names.length; i++) {
      const x = point[i] ?? Number.NaN;
      coefficients[names[i] ?? ''] = logs[i] === true ? Math.exp(x) : x;
    }
    return Math.log(form.loss(coefficients, complete));
  };
  return curveModel(logLoss, names.length);
}

/** Log of a sum of exponentials of linear terms, shifted by the largest so that none overflows. */
function sumModel(terms: readonly (readonly number[])[]): LogLossModel {
  const powers = new Float64Array(terms.length);
  return {
    at(point, gradient) {
      let largest = -Infinity;
      for (let t = 0; t < terms.length; t++) {
        const exponent = dot(terms[t] ?? [], point);
        powers[t] = exponent;
        if (exponent > largest) largest = exponent;
      }
      let sum = 0;
      for (let t = 0; t < terms.length; t++) {
        const power = Math.exp((powers[t] ?? 0) - largest);
        powers[t] = power;
        sum += power;
      }
      gradient.fill(0);
      for (let t = 0; t < terms.length; t++) {
        const share = (powers[t] ?? 0) / sum;
        const term = terms[t] ?? [];
        for (let i = 0; i < term.length; i++) gradient[i] = (gradient[i] ?? 0) + share * (term[i] ?? 0);
      }
      return largest + Math.log(sum);
    },
  };
}

/** Cube root of the precision of a double: the step of a central difference that errs least. */
const relativeStep = 6e-6;

function curveModel(logLoss: (point: Float64Array) => number, size: number): LogLossModel {
  return {
    at(point, gradient) {
      const moved = point.slice();
      for (let i = 0; i < size; i++) {
        const x = point[i] ?? 0;
        const step = relativeStep * Math.max(1, Math.abs(x));
        moved[i] = x + step;
        const above = logLoss(moved);
        moved[i] = x - step;
        gradient[i] = (above - logLoss(moved)) / (2 * step);
        moved[i] = x;
      }
      return logLoss(point);
    },
  };
}
