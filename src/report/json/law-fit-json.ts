import {coefficientNames} from '../../scaling/loss/loss-form.js';
import type {LawFitAnswer} from '../law-fit.js';

/** A fitted law as other programs read it. Pure data. */
export function lawFitJson({name, law, fit, left, options}: LawFitAnswer, version: string) {
  const names = coefficientNames(law.form);
  return {
    walltime: version,
    law: name,
    equation: law.form.equation,
    rows: fit.rows,
    rowsIncomplete: left.incomplete,
    rowsFiltered: left.filtered,
    parameters: fit.coefficients,
    loss: fit.huberLoss,
    residual: fit.residual,
    bootstraps: options.bootstraps,
    seed: options.seed,
    covariance: {
      coordinates: names.map(coefficient =>
        law.form.coefficients[coefficient]?.coordinate === 'log' ? `log ${coefficient}` : coefficient,
      ),
      matrix: fit.covariance,
    },
  };
}
