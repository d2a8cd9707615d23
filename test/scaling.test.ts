import {expect, test} from 'vitest';
import {readPlan, searchLayouts} from '../src/index.js';
import * as scaling from '../src/scaling.js';

const read = await readPlan('plans/scale-64-h100.yaml');
if ('problems' in read) throw new Error('the example is right');
const {plan} = read;
const best = searchLayouts(plan)?.best;
if (!best) throw new Error('the example has a layout');

const {besiroglu} = scaling.lossLaws;
const family = scaling.modelTemplate(plan.model, null);
const table = scaling.speedTable({plan, family, parameters: [5e8, 1e9, 2e9], batches: [256, 512]});
const month = {seconds: 30 * 86_400, flop: Infinity};
const chinchilla = {parameters: 70e9, tokens: 1.4e12};

/** A claim about each value that the entry exports. */
const claims: {readonly [Name in keyof typeof scaling]: () => void} = {
  lossLaws: () => expect(besiroglu.form.coefficients).toHaveProperty('alpha'),
  // Besiroglu et al. 2024 predict 1.974 for Chinchilla.
  lossOf: () => expect(scaling.lossOf(besiroglu, chinchilla)).toBeCloseTo(1.974, 3),
  lossBand: () => {
    const band = scaling.lossBand(besiroglu, chinchilla);
    expect(band?.p50).toBe(scaling.lossOf(besiroglu, chinchilla));
    expect(band?.p90).toBeGreaterThan(band?.p50 ?? Infinity);
  },
  lossOutsideRange: () => {
    expect(scaling.lossOutsideRange(besiroglu, {parameters: 1e9, tokens: 20e9})).toEqual([]);
    expect(scaling.lossOutsideRange(besiroglu, {parameters: 1e15, tokens: 20e9})).toHaveLength(2);
  },
  lawOfPlan: () => expect(scaling.lawOfPlan({...plan, loss: {law: 'kaplan'}}).name).toBe('kaplan'),
  planLoss: () => expect(scaling.planLoss(plan).value).toBeGreaterThan(1.5),
  computeOptimal: () => {
    const {parameters, tokens} = scaling.computeOptimal(besiroglu, 5.76e23);
    expect(6 * parameters * tokens).toBeCloseTo(5.76e23, -15);
  },
  fitLaw: () => {
    const runs = [1e8, 1e9, 1e10].flatMap(parameters =>
      [10, 100].map(ratio => {
        const inputs = {parameters, tokens: ratio * parameters};
        return {inputs, loss: scaling.lossOf(besiroglu, inputs)};
      }),
    );
    const fit = scaling.fitLaw(besiroglu.form, runs, {bootstraps: 2, seed: 1});
    expect(fit.residual).toBeLessThan(1e-3);
  },
  powerLawValue: () =>
    // Step Law: 1.11 M tokens for a run of 100 B.
    expect(scaling.powerLawValue(scaling.bestBatchLaws['step-law'], {tokens: 100e9})).toBeCloseTo(1.11e6, -4),
  bestBatchLaws: () => expect(scaling.bestBatchLaws).toHaveProperty('step-law'),
  criticalBatchLaws: () => expect(scaling.criticalBatchLaws).toHaveProperty('power-lines'),
  learningRateLaws: () => expect(scaling.learningRateLaws).toHaveProperty('step-law'),
  bestWeightDecay: () => {
    const run = {parameters: 1e9, tokens: 20e9, batch: 1e6, learningRate: 1e-3};
    const decay = scaling.bestWeightDecay(run);
    expect(decay).toBeGreaterThan(0.01);
    expect(scaling.bestWeightDecay({...run, learningRate: 2e-3})).toBeCloseTo(decay / 2, 12);
  },
  batchFit: () => {
    const {best: own} = scaling.batchFit({tokens: 1e11, batch: 1});
    expect(scaling.batchFit({tokens: 1e11, batch: own}).usefulShare).toBe(1);
  },
  usefulTokens: () => expect(scaling.usefulTokens(10, 3, 3)).toBe(5),
  dilocoLossRatio: () =>
    expect(scaling.dilocoLossRatio({parameters: 35e6, replicas: 8, innerSteps: 30})).toBe(3.621 / 3.485),
  dilocoLossRatioOutsideRange: () =>
    expect(
      scaling.dilocoLossRatioOutsideRange({parameters: 70e9, replicas: 16, innerSteps: 500}),
    ).toHaveLength(3),
  tissue: () => expect(scaling.tissue.L0).toBe(2.628),
  annealingCurve: () => {
    const constant = scaling.annealingCurve(scaling.tissue, [1, 1, 1, 1]);
    const annealed = scaling.annealingCurve(scaling.tissue, [1, 1, 1, 0.1]);
    expect(annealed[3]).toBeLessThan(constant[3] ?? 0);
  },
  performanceLaw: () => expect(scaling.performanceLaw.range.bounds.score.from).toBe(25),
  mmluScore: () => expect(scaling.mmluScore(llama2)).toBeGreaterThan(45.3),
  mmluOutsideRange: () => {
    expect(scaling.mmluOutsideRange(llama2)).toEqual([]);
    expect(scaling.mmluOutsideRange({...llama2, tokens: 1e15, parameters: 1e15})).toHaveLength(1);
  },
  taskAccuracy: () =>
    expect(scaling.taskAccuracy({a: -0.6, b: 0.85, k: 5, middle: 1}, 1)).toBeCloseTo(0.55, 12),
  topOneErrorLaws: () => expect(Object.keys(scaling.topOneErrorLaws)).toHaveLength(3),
  topOneError: () => {
    const {c4} = scaling.topOneErrorLaws;
    expect(scaling.topOneError(c4, 2)).toBeLessThan(scaling.topOneError(c4, 3));
  },
  limitOf: () => expect(scaling.limitOf(plan)?.seconds).toBe(plan.goal.deadline),
  modelTemplate: () => expect(family.hiddenPerLayer).toBe(plan.model.hiddenSize / plan.model.numLayers),
  speedTable: () =>
    expect(table.speed(0, 0)?.tokensPerSecond).toBeGreaterThan(
      table.speed(2, 0)?.tokensPerSecond ?? Infinity,
    ),
  lossSurface: () => {
    const {cells, best: cell} = scaling.lossSurface(table, month);
    expect(cells).toHaveLength(6);
    expect(cell).not.toBeNull();
  },
  sizeExponents: () => {
    const {law, utilization, total} = scaling.sizeExponents(table, [86_400, 10 * 86_400], null);
    expect(law + utilization).toBeCloseTo(total, 9);
  },
  answerScale: () => {
    const few = {
      parameters: [1e9, 2e9],
      globalBatch: [512],
      hiddenPerLayer: null,
      flop: null,
      inferenceTokens: null,
    };
    const pins = {tensor: 1, pipeline: 1, context: 1, microBatch: 1};
    const answer = scaling.answerScale({...plan, pins, scaling: few});
    if (typeof answer === 'string') throw new Error(answer);
    expect(answer.best.tokens).toBeGreaterThan(1e9);
  },
  planCalendar: () => {
    const {points} = scaling.planCalendar(plan, best.estimate, 4);
    expect(points).toHaveLength(4);
    expect(points[3]?.loss).toBeLessThan(points[0]?.loss ?? 0);
  },
  startSizeForecast: () => {
    const forecast = scaling.startSizeForecast(plan, best.layout, [86_400, month.seconds]);
    expect(forecast).toHaveProperty('advance');
  },
};

const llama2 = {layers: 32, hiddenSize: 4096, feedForwardSize: 11008, parameters: 6.74e9, tokens: 2e12};

test.each(Object.entries(claims))('the laws export %s', (_name, claim) => claim());

test('every exported value has a claim', () => {
  expect(Object.keys(claims).sort()).toEqual(Object.keys(scaling).sort());
});
