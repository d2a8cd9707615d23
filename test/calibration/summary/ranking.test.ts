import {expect, test} from 'vitest';
import type {ComparedRun} from '../../../src/calibration/summary/measured-sweeps.js';
import {plannerRegret, rankingOf} from '../../../src/calibration/summary/ranking.js';

const sweep = (name: string, times: readonly (readonly [predicted: number, measured: number])[]) =>
  times.map(
    ([predicted, measured], i): ComparedRun => ({sweep: name, configuration: `${i}`, predicted, measured}),
  );

test('regret is what the layout predicted fastest loses to the one measured fastest', () => {
  const layouts = [
    {predicted: 3, measured: 10},
    {predicted: 2, measured: 12},
    {predicted: 4, measured: 8},
  ];
  expect(plannerRegret(layouts)).toBeCloseTo(12 / 8 - 1);
  expect(plannerRegret(layouts.map(({measured}) => ({predicted: measured, measured})))).toBe(0);
});

test('where all are predicted equally fast any may be taken', () => {
  const layouts = [10, 12, 14].map(measured => ({predicted: 1, measured}));
  expect(plannerRegret(layouts)).toBeCloseTo(12 / 10 - 1);
});

test('only sweeps of five or more layouts count, and repeats are one layout', () => {
  const right = sweep('a', [
    [1, 10],
    [2, 20],
    [3, 30],
    [4, 40],
    [5, 50],
  ]);
  const wrong = sweep('b', [
    [5, 10],
    [4, 11],
    [3, 12],
    [2, 13],
    [1, 14],
  ]);
  const small = sweep('c', [
    [1, 2],
    [2, 1],
  ]);
  const repeated = Array.from({length: 5}, () => small).flat();
  const ranking = rankingOf([...right, ...wrong, ...repeated]);
  expect(ranking?.sweeps).toBe(2);
  expect(ranking?.rankCorrelation).toBeCloseTo(0);
  expect(ranking?.regret.mean).toBeCloseTo(0.2);
  expect(ranking?.regret.worst).toBeCloseTo(0.4);
  expect(rankingOf(repeated)).toBeNull();
});

test('of the repeats of a layout the median is its time', () => {
  const times = [10, 11, 12, 13].map((measured, i) => [i + 2, measured] as const);
  const outlier = [8, 9, 100].map(measured => ({...sweep('a', [[1, measured]])[0]!, configuration: 'fast'}));
  expect(rankingOf([...sweep('a', times), ...outlier])?.regret.mean).toBe(0);
});
