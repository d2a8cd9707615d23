import {expect, test} from 'vitest';
import {baselineNames} from '../../../src/calibration/baselines/baselines.js';
import {type BaselineRun, predictBaseline} from '../../../src/calibration/baselines/predict-baseline.js';

const run = (sweep: string, computeSeconds: number, stepSeconds: number, hardware = 'h100'): BaselineRun => ({
  sweep,
  hardware,
  software: 'megatron-core',
  work: {computeSeconds, trafficSeconds: 1 / computeSeconds},
  stepSeconds,
});

test('runs at one MFU are predicted without error', () => {
  const runs = Array.from({length: 12}, (_, i) => run(`sweep ${i}`, i + 1, (i + 1) / 0.4));
  for (const name of baselineNames) {
    predictBaseline(name, runs).forEach((seconds, i) => {
      expect(seconds / runs[i]!.stepSeconds).toBeCloseTo(1, 3);
    });
  }
});

test('a sweep says nothing of its own rows', () => {
  const others = Array.from({length: 8}, (_, i) => run(`sweep ${i}`, i + 1, 2 * (i + 1)));
  const own = [run('own', 1, 100), run('own', 2, 200)];
  expect(predictBaseline('constantMfu', [...own, ...others]).slice(0, 2)).toEqual([
    expect.closeTo(2, 4),
    expect.closeTo(4, 4),
  ]);
});

test('a machine with too few other runs takes the constants of its stack elsewhere', () => {
  const known = Array.from({length: 8}, (_, i) => run(`sweep ${i}`, i + 1, 2 * (i + 1)));
  const predicted = predictBaseline('constantMfu', [...known, run('new', 3, 1, 'b200')]);
  expect(predicted.at(-1)).toBeCloseTo(6, 4);
});

test('a single sweep cannot be predicted from others', () => {
  expect(predictBaseline('constantMfu', [run('own', 1, 2), run('own', 2, 4)])).toEqual([
    Number.NaN,
    Number.NaN,
  ]);
});
