import {expect, test} from 'vitest';
import {dalyInterval, youngInterval} from '../../../src/run/failures/checkpoint-interval.js';
import {expectedRun} from '../../../src/run/failures/expected-run.js';
import type {FailureProcess} from '../../../src/run/failures/failure-process.js';
import {simulateRun} from '../../../src/run/failures/simulate-run.js';
import {randomSource} from '../../../src/run/random/random-source.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A job of `nodes` nodes at `perThousandNodeDays` failures, a checkpoint that costs nothing, restarts of 5 minutes. */
function job(nodes: number, perThousandNodeDays: number, intervalMinutes: number): FailureProcess {
  return {
    meanTimeBetweenFailures: (1000 * day) / (nodes * perThousandNodeDays),
    interval: intervalMinutes * minute,
    pause: 0,
    restart: 5 * minute,
    spares: null,
  };
}

/*
 * Kokolis et al. 2024, "Revisiting Reliability in Large-Scale Machine Learning Research Clusters"
 * (arXiv 2410.21680): effective training time ratio of jobs on RSC-1, 6.50 failures per 1000 node-days.
 */
test.each([
  ['16,000 GPUs, a checkpoint every 60 minutes', job(2000, 6.5, 60), 0.7],
  ['16,000 GPUs, a checkpoint every 5 minutes', job(2000, 6.5, 5), 0.93],
  ['8,000 GPUs, a checkpoint every 30 minutes', {...job(1000, 6.5, 30), restart: 6 * minute}, 0.9],
])('goodput of %s is within 0.04 of what was published', (_, process, published) => {
  const {workSeconds, totalSeconds} = expectedRun(process, 30 * day);
  expect(Math.abs(workSeconds / totalSeconds - published)).toBeLessThan(0.04);
});

test('jobs of 2,048 to 4,096 GPUs with hourly checkpoints stay above 0.9, as published', () => {
  for (const nodes of [256, 512]) {
    const {workSeconds, totalSeconds} = expectedRun(job(nodes, 6.5, 60), 30 * day);
    expect(workSeconds / totalSeconds).toBeGreaterThan(0.9);
  }
});

/** 54 days at 419 unexpected interruptions of 16,384 GPUs: Llama 3 (arXiv 2407.21783) sec. 3.3.4, Table 5. */
test('the 54 days of Llama 3: 419 failures, and more than 90 % of the time is training', () => {
  const mean = (54 * day) / 419;
  const pause = 5;
  const process: FailureProcess = {
    meanTimeBetweenFailures: mean,
    interval: dalyInterval({pauseSeconds: pause, meanTimeBetweenFailures: mean}),
    pause,
    restart: 10 * minute,
    spares: null,
  };
  const {workSeconds, totalSeconds} = expectedRun(process, day);
  // As much work as fits into the window.
  const work = (54 * day * workSeconds) / totalSeconds;
  expect(expectedRun(process, work).failures).toBeCloseTo(419, 0);
  const random = randomSource(3);
  const goodputs = Array.from({length: 200}, () => work / simulateRun(process, work, random));
  expect(goodputs.sort((a, b) => a - b)[20]).toBeGreaterThan(0.9);
});

const processes: [string, FailureProcess][] = [
  ['many failures', {...job(2048, 3.8, 20), pause: 30, restart: 10 * minute}],
  ['few failures', {...job(128, 6.5, 60), pause: 120}],
  ['restarts that fail', {...job(16_384, 6.5, 3), pause: 2, restart: 8 * minute}],
  ['two spares', {...job(512, 3.8, 20), spares: {nodes: 2, repair: day, nodeShare: 0.78}}],
  ['no spare', {...job(64, 3.8, 20), spares: {nodes: 0, repair: day / 2, nodeShare: 0.78}}],
];

test.each(processes)('the mean of simulated runs is the closed form: %s', (_, process) => {
  const work = 60 * day;
  const random = randomSource(7);
  let sum = 0;
  const runs = 2000;
  for (let run = 0; run < runs; run += 1) sum += simulateRun(process, work, random);
  expect(sum / runs / expectedRun(process, work).totalSeconds).toBeCloseTo(1, 2);
});

test('without failures a run is its work and its checkpoints', () => {
  const process = {
    meanTimeBetweenFailures: Infinity,
    interval: hour,
    pause: minute,
    restart: 0,
    spares: null,
  };
  expect(expectedRun(process, 10 * hour).totalSeconds).toBe(10 * hour + 10 * minute);
  expect(simulateRun(process, 10 * hour, randomSource(1))).toBe(10 * hour + 10 * minute);
});

test('the parts of an expected run add up to it', () => {
  for (const [, process] of processes) {
    const run = expectedRun(process, 20 * day);
    const {workSeconds, checkpointSeconds, lostSeconds, restartSeconds, waitingSeconds} = run;
    expect(workSeconds + checkpointSeconds + lostSeconds + restartSeconds + waitingSeconds).toBeCloseTo(
      run.totalSeconds,
      3,
    );
  }
});

test("Daly's interval loses no more than its neighbours, and Young's comes close where pauses are short", () => {
  for (const pause of [5, 60, 600]) {
    const meanTimeBetweenFailures = 3 * hour;
    const best = dalyInterval({pauseSeconds: pause, meanTimeBetweenFailures});
    const total = (interval: number) =>
      expectedRun({meanTimeBetweenFailures, interval, pause, restart: 600, spares: null}, 30 * day)
        .totalSeconds;
    expect(total(best)).toBeLessThan(total(best * 1.1));
    expect(total(best)).toBeLessThan(total(best * 0.9));
    expect(total(youngInterval({pauseSeconds: pause, meanTimeBetweenFailures}))).toBeLessThan(
      total(best) * 1.002,
    );
  }
});
