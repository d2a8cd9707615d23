import {expect, test} from 'vitest';
import {fitLaw} from '../../../src/scaling/fit/fit-law.js';
import {formLoss, type LossForm} from '../../../src/scaling/loss/loss-form.js';
import {lossLaws} from '../../../src/scaling/loss/loss-laws.js';
import {bulkData, bulkRows, publishedTable} from '../../published/tables.js';

/** Runs on a grid of sizes and ratios, each off the law by a part in a thousand. */
function runsOf(form: LossForm, coefficients: Readonly<Record<string, number>>) {
  const sizes = [1e8, 3e8, 1e9, 3e9, 1e10];
  const ratios = [2, 6, 20, 60, 200];
  return sizes.flatMap((parameters, i) =>
    ratios.map((ratio, j) => {
      const inputs = {parameters, tokens: ratio * parameters, replicas: 2 ** j};
      const noise = 1 + 1e-3 * Math.sin(7 * i + 3 * j * j);
      return {inputs, loss: formLoss(form, coefficients, inputs) * noise};
    }),
  );
}

test.each(['besiroglu', 'gadre-c4', 'diloco-joint'] as const)(
  'the coefficients of %s come back from runs of it',
  name => {
    const {form, coefficients} = lossLaws[name];
    const values = Object.fromEntries(Object.entries(coefficients).map(([key, {value}]) => [key, value]));
    const fit = fitLaw(form, runsOf(form, values), {bootstraps: 20, seed: 1});
    expect(fit.rows).toBe(25);
    expect(fit.residual).toBeLessThan(1e-3);
    for (const [key, value] of Object.entries(values)) {
      const fitted = fit.coefficients[key]!;
      expect(Math.abs(fitted.value - value)).toBeLessThan(0.06 * Math.abs(value));
      expect(fitted.low).toBeLessThanOrEqual(fitted.high);
      expect(fitted.standardError).toBeGreaterThan(0);
    }
  },
);

test('a single run far off hardly moves the fit', () => {
  const {form} = lossLaws['diloco-joint'];
  const runs = runsOf(form, {A: 19.226, alpha: -0.0985, beta: 0.0116});
  const spoilt = runs.map((run, i) => (i === 7 ? {...run, loss: 2 * run.loss} : run));
  const fit = fitLaw(form, spoilt, {bootstraps: 2, seed: 1});
  expect(fit.coefficients.alpha?.value).toBeCloseTo(-0.0985, 3);
});

test('the same seed gives the same errors, another one does not', () => {
  const {form} = lossLaws['diloco-joint'];
  const runs = runsOf(form, {A: 19.226, alpha: -0.0985, beta: 0.0116});
  const seeded = (seed: number) => fitLaw(form, runs, {bootstraps: 10, seed});
  expect(seeded(1)).toEqual(seeded(1));
  expect(seeded(2).coefficients.A?.low).not.toBe(seeded(1).coefficients.A?.low);
  expect(seeded(2).coefficients.A?.value).toBe(seeded(1).coefficients.A?.value);
});

// The coefficients were fitted to these runs with 1000 resamples, printed to six digits.
test.each([
  ['gadre-c4', 'c4_original', 34],
  ['gadre-redpajama', 'rpj', 35],
  ['gadre-refinedweb', 'rw_original', 35],
] as const)('the fit of %s comes back from the published runs', (name, dataset, count) => {
  const runs = publishedTable('overtraining-losses.csv')
    .filter(row => row.dataset === dataset)
    .map(row => ({
      inputs: {parameters: Number(row.parameters), tokens: Number(row.tokens)},
      loss: Number(row.loss),
    }));
  expect(runs).toHaveLength(count);
  const {form, coefficients, residual} = lossLaws[name];
  const fit = fitLaw(form, runs, {bootstraps: 2, seed: 1});
  expect(fit.residual).toBeCloseTo(residual, 3);
  for (const [key, {value}] of Object.entries(coefficients)) {
    expect(Math.abs(fit.coefficients[key]!.value / value - 1), key).toBeLessThan(1e-3);
  }
});

// Charles et al. 2025 fit the sizes up to 2.4B and predict 4B and 10B with the law; losses are printed to three digits.
test('the joint law of DiLoCo comes back from the published losses', () => {
  const runs = publishedTable('diloco-losses.csv')
    .filter(row => row.replicas !== '0' && Number(row.parameters) <= 2.4e9)
    .map(row => ({
      inputs: {
        parameters: Number(row.parameters),
        tokens: Number(row.tokens),
        replicas: Number(row.replicas),
      },
      loss: Number(row.loss),
    }));
  const {form, coefficients} = lossLaws['diloco-joint'];
  const fit = fitLaw(form, runs, {bootstraps: 2, seed: 1});
  for (const [key, {value}] of Object.entries(coefficients)) {
    expect(Math.abs(fit.coefficients[key]!.value / value - 1), key).toBeLessThan(0.05);
  }
});

const digitised = bulkData('science/data/chinchilla_svg_extracted_data.csv');

// Besiroglu et al. 2024, Table 1: values within a standard error, and errors within 40 %.
test.skipIf(digitised.missing)(`the fit of Besiroglu 2024 comes back ${digitised.needed}`, () => {
  const runs = bulkRows(digitised).map(row => {
    const parameters = Number(row['Model Size']);
    return {
      inputs: {parameters, tokens: Number(row['Training FLOP']) / (6 * parameters)},
      loss: Number(row.loss),
    };
  });
  const kept = runs.filter(({inputs}) => inputs.tokens / inputs.parameters >= 0.4);
  expect(kept).toHaveLength(241);
  const {form, coefficients} = lossLaws.besiroglu;
  const fit = fitLaw(form, kept, {bootstraps: 200, seed: 1});
  for (const [name, {value, standardError}] of Object.entries(coefficients)) {
    const fitted = fit.coefficients[name]!;
    expect(Math.abs(fitted.value - value), name).toBeLessThan(standardError);
    expect(Math.abs(fitted.standardError / standardError - 1), name).toBeLessThan(0.4);
  }
});
