import {expect, test} from 'vitest';
import {calibrate} from '../../../src/calibration/fit/calibrate.js';
import type {CalibrationRun} from '../../../src/calibration/fit/calibration-runs.js';
import {stackFacts} from '../../../src/calibration/fit/stack-facts.js';
import type {SoftwareStack} from '../../../src/frameworks/stack.js';
import {handCluster} from '../../pipeline/hand-machine.js';

const {software} = handCluster(8);
const facts = stackFacts(new Set());
const one = {
  devices: 8,
  parameters: 1e9,
  sequenceLength: 2048,
  microBatch: 1,
  tensor: 1,
  pipeline: 1,
  context: 1,
  expert: 1,
};

/** A device that works `products` seconds and waits for `kernels` launches. */
function seconds(stack: SoftwareStack, products: number, kernels: number): number {
  return products / stack.gemmScale.default + kernels * stack.kernelLaunch;
}

function runs(truth: (products: number, kernels: number) => number): CalibrationRun[] {
  return Array.from({length: 8}, (_, i) => {
    const products = 1 + i;
    const kernels = 1e5 * (1 + ((i * 3) % 8));
    return {
      id: `run-${i}`,
      source: 'run',
      sweep: `sweep ${i}`,
      hardware: 'hand',
      software: 'hand',
      stack: software,
      stepSeconds: truth(products, kernels),
      figures: one,
      predict: stack => seconds(stack, products, kernels),
    };
  });
}

test('eight runs find the efficiency and the launch time that made them', () => {
  const truth = {...software, gemmScale: {default: 0.7}, kernelLaunch: 9e-6} as SoftwareStack;
  const fit = calibrate(
    software,
    facts,
    runs((products, kernels) => seconds(truth, products, kernels)),
  );
  expect(fit.before.meanAbsoluteError).toBeGreaterThan(0.2);
  expect(fit.crossValidated?.meanAbsoluteError).toBeLessThan(0.06);
  expect(fit.stack.gemmScale.default).toBeGreaterThan(0.64);
  expect(fit.stack.gemmScale.default).toBeLessThan(0.78);
  const identified = Object.fromEntries(fit.facts.map(({fact, identified: share}) => [fact.key, share]));
  expect(identified['gemm_scale.default']).toBeGreaterThan(0.8);
  expect(identified['overlap.tensor']).toBeLessThan(0.01);
});

test('runs that contradict each other leave the stack nearly as it was', () => {
  const flip = [3, 0.3];
  let i = 0;
  const noisy = runs((products, kernels) => {
    i += 1;
    return seconds(software, products, kernels) * (flip[i % 2] as number);
  });
  const fit = calibrate(software, facts, noisy);
  expect(fit.trust).toBeLessThan(1);
  for (const {fact, after} of fit.facts) {
    expect(after).toBeGreaterThanOrEqual(Math.min(fact.low, fact.read(software)));
    expect(after).toBeLessThanOrEqual(fact.high);
  }
});
