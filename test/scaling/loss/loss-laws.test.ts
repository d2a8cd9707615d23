import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {logLossModel} from '../../../src/scaling/fit/log-loss-model.js';
import {coefficientsAt, coordinatesOf, formLoss} from '../../../src/scaling/loss/loss-form.js';
import {type LossLaw, lossBand, lossOf, lossOutsideRange} from '../../../src/scaling/loss/loss-law.js';
import {lossLaws} from '../../../src/scaling/loss/loss-laws.js';

const laws: readonly (readonly [string, LossLaw])[] = Object.entries(lossLaws);

const runs = fc.record({
  parameters: fc.double({min: 3e7, max: 1e12, noNaN: true}),
  tokens: fc.double({min: 1e9, max: 1e14, noNaN: true}),
});

/** Losses of the one-variable DiLoCo laws do not depend on the tokens: their runs have 20 a parameter. */
const ofParametersAlone = (name: string) => name.startsWith('diloco');

describe.each(laws)('%s', (name, law) => {
  test('falls with parameters and does not rise with tokens', () => {
    fc.assert(
      fc.property(runs, run => {
        const loss = lossOf(law, run);
        expect(loss).toBeGreaterThan(0);
        // Past the best size for its unique tokens, a larger model is worth less and less, and in the end nothing.
        const larger = lossOf(law, {...run, parameters: 2 * run.parameters});
        if (name === 'muennighoff') expect(larger).toBeLessThanOrEqual(loss);
        else if (name !== 'farseer') expect(larger).toBeLessThan(loss);
        const longer = lossOf(law, {...run, tokens: 2 * run.tokens});
        if (ofParametersAlone(name)) expect(longer).toBe(loss);
        else expect(longer).toBeLessThan(loss);
      }),
      {numRuns: 50},
    );
  });

  test('has the derivatives that differences of its loss show', () => {
    const values = Object.fromEntries(Object.entries(law.coefficients).map(([key, {value}]) => [key, value]));
    const point = Float64Array.from(coordinatesOf(law.form, values));
    fc.assert(
      fc.property(runs, run => {
        const inputs = {...run, granularity: 4, replicas: 2, weightBits: 8, uniqueTokens: run.tokens / 5};
        const slopes = new Float64Array(point.length);
        expect(logLossModel(law.form, inputs).at(point, slopes)).toBeCloseTo(
          Math.log(lossOf(law, inputs)),
          10,
        );
        for (const [i, slope] of slopes.entries()) {
          const step = 1e-5 * Math.max(1, Math.abs(point[i]!));
          const at = (x: number) =>
            Math.log(formLoss(law.form, coefficientsAt(law.form, point.with(i, x)), inputs));
          const difference = (at(point[i]! + step) - at(point[i]! - step)) / (2 * step);
          expect(Math.abs(slope - difference)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
        }
      }),
      {numRuns: 20},
    );
  });

  test('states its source, and a band where it states errors', () => {
    expect(law.source).toMatch(/20\d\d|Farseer/);
    const band = lossBand(law, {parameters: 1e9, tokens: 2e10});
    const errors = Object.values(law.coefficients).some(({standardError}) => standardError !== null);
    expect(band !== null).toBe(errors || law.residual !== null);
    if (band === null) return;
    expect(band.p10).toBeLessThan(band.p50);
    expect(band.p50).toBe(lossOf(law, {parameters: 1e9, tokens: 2e10}));
    expect(band.p50).toBeLessThan(band.p90);
    fc.assert(
      fc.property(runs, run => {
        const {p50, p90} = lossBand(law, run) ?? {p50: Number.NaN, p90: Number.NaN};
        expect(Math.log(p90 / p50)).toBeGreaterThanOrEqual(1.28 * (law.residual ?? 0));
      }),
      {numRuns: 50},
    );
  });
});

test('Chinchilla 70B on 1.4T tokens by the three fits of the same runs', () => {
  const run = {parameters: 70e9, tokens: 1.4e12};
  expect(lossOf(lossLaws['hoffmann-printed'], run)).toBeCloseTo(1.937, 3);
  expect(lossOf(lossLaws.hoffmann, run)).toBeCloseTo(1.921, 3);
  expect(lossOf(lossLaws.besiroglu, run)).toBeCloseTo(1.974, 3);
});

test('the errors of A and alpha do not add up: they move together', () => {
  const run = {parameters: 1e9, tokens: 2e10};
  const {covariance: _, ...independent} = lossLaws.besiroglu;
  const width = (law: LossLaw) => {
    const band = lossBand(law, run);
    return band === null ? Number.NaN : band.p90 - band.p10;
  };
  expect(width(independent)).toBeGreaterThan(5 * width(lossLaws.besiroglu));
  expect(width(lossLaws.besiroglu)).toBeLessThan(0.06);
});

// huggingface/datablations, utils/parametric_fit.ipynb at 1370131.
test.each([
  [6.34e9, 242e9, 25e9, 2.2256440889984477],
  [8.67e9, 178e9, 25e9, 2.2269634075087867],
])(
  'Muennighoff: %d parameters, %d tokens of which %d are unique',
  (parameters, tokens, uniqueTokens, loss) => {
    expect(Math.abs(lossOf(lossLaws.muennighoff, {parameters, tokens, uniqueTokens}) - loss)).toBeLessThan(
      1e-9,
    );
  },
);

test('repeating tokens is worth less than new ones, and more than nothing', () => {
  const run = {parameters: 1e9, tokens: 100e9};
  const {muennighoff} = lossLaws;
  const repeated = lossOf(muennighoff, {...run, uniqueTokens: 10e9});
  expect(repeated).toBeGreaterThan(lossOf(muennighoff, run));
  expect(repeated).toBeLessThan(lossOf(muennighoff, {...run, tokens: 10e9}));
});

test('Kumar: effective parameters at 16, 8 and 4 bits', () => {
  const {kumar} = lossLaws;
  const run = {parameters: 1e9, tokens: 2e10, activationBits: 1e3, keyValueBits: 1e3};
  const parameterTerm = (weightBits: number) =>
    lossOf(kumar, {...run, weightBits}) - lossOf(kumar, {...run, parameters: 1e40});
  const effective = (bits: number) => (parameterTerm(1e3) / parameterTerm(bits)) ** (1 / 0.3478);
  expect(effective(16)).toBeCloseTo(0.9975, 4);
  expect(effective(8)).toBeCloseTo(0.95, 3);
  expect(effective(4)).toBeCloseTo(0.776, 3);
});

test('Krajewski: finer experts lower the loss', () => {
  const run = {parameters: 1e9, tokens: 2e10};
  const loss = (granularity: number) => lossOf(lossLaws.krajewski, {...run, granularity});
  expect(loss(8)).toBeLessThan(loss(1));
});

test('a run outside the runs of a law is told why, one inside is not', () => {
  const {besiroglu, farseer, muennighoff} = lossLaws;
  expect(lossOutsideRange(besiroglu, {parameters: 1e9, tokens: 2e10})).toEqual([]);
  expect(lossOutsideRange(besiroglu, {parameters: 405e9, tokens: 15.6e12})).toEqual([
    'parameters of 405 B: above the 16.2 B that the law was fitted to',
    'tokens of 15.6 T: above the 318 B that the law was fitted to',
  ]);
  expect(lossOutsideRange(lossLaws['diloco-joint'], {parameters: 1e9, tokens: 2e10, replicas: 16})).toEqual([
    'replicas of 16: above the 8 that the law was fitted to',
  ]);
  expect(lossOutsideRange(farseer, {parameters: 1e9, tokens: 2e10})).toHaveLength(1);
  expect(lossOutsideRange(muennighoff, {parameters: 1e9, tokens: 2e10})).toEqual([]);
});
