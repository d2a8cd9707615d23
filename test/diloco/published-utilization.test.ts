import {expect, test} from 'vitest';
import {outerReductionSeconds} from '../../src/diloco/outer-reduction.js';
import {simulateRound} from '../../src/diloco/simulate-round.js';
import {bytesPerSecond, seconds} from '../../src/units/quantities.js';
import {
  grid,
  type PublishedRow,
  scalingLawsTable6,
  streamingTable4,
  utilizations,
} from './published-utilization.js';

/*
 * Both tables come out of one simulator. Every printed bandwidth is a point of a grid of 50 (they agree to about
 * the digits that are printed), so a cell is what looking a utilization up on that grid gives: the point whose
 * utilization is nearest. The payload is not printed; 16-bit gradients between two replicas are 16 bits a
 * parameter. Read as the first point that reaches the utilization, cells lie half a step higher.
 */

/** Index of the bandwidth of the grid whose utilization is nearest to `utilization`; beyond it where none reaches that. */
function nearestReaching(row: PublishedRow, utilization: number): number {
  if (firstReaching(row, utilization) === grid.length) return grid.length;
  const distances = grid.map(gigabits => Math.abs(utilizationAt(row, gigabits) - utilization));
  return distances.indexOf(Math.min(...distances));
}

/** Index of the first bandwidth of the grid that reaches `utilization`. */
function firstReaching(row: PublishedRow, utilization: number): number {
  const k = grid.findIndex(gigabits => utilizationAt(row, gigabits) >= utilization);
  return k === -1 ? grid.length : k;
}

function utilizationAt({parameters, numLayers, stepSeconds, bits, ...round}: PublishedRow, gigabits: number) {
  const link = {bandwidth: bytesPerSecond((gigabits * 1e9) / 8), latency: seconds(0)};
  return simulateRound({
    ...round,
    numLayers,
    forward: stepSeconds / 3,
    backward: (2 * stepSeconds) / 3,
    reduction: outerReductionSeconds({parameters, bits, replicas: 2}, link),
    latency: 0,
  }).computeUtilization;
}

type Reading = (row: PublishedRow, utilization: number) => number;

/** Steps of the grid from the printed bandwidth to the one that is read off for the utilization, cell by cell. */
function stepsOff(rows: readonly PublishedRow[], reading: Reading): number[] {
  return rows.flatMap(row =>
    utilizations.flatMap((utilization, i) => {
      const printed = row.gigabitsPerSecond[i] ?? Number.NaN;
      const published = printed === Infinity ? grid.length : nearestOnGrid(printed);
      return [reading(row, utilization) - published];
    }),
  );
}

function nearestOnGrid(gigabits: number): number {
  const distances = grid.map(point => Math.abs(Math.log(point / gigabits)));
  return distances.indexOf(Math.min(...distances));
}

const share = (values: readonly number[], within: (value: number) => boolean) =>
  values.filter(within).length / values.length;

const nearest = [scalingLawsTable6, streamingTable4].flatMap(rows => stepsOff(rows, nearestReaching));
const first = [scalingLawsTable6, streamingTable4].flatMap(rows => stepsOff(rows, firstReaching));

test('every printed bandwidth is a point of the grid', () => {
  const printed = [...scalingLawsTable6, ...streamingTable4].flatMap(row => row.gigabitsPerSecond);
  for (const gigabits of printed.filter(Number.isFinite)) {
    const point = grid[nearestOnGrid(gigabits)] ?? Number.NaN;
    // Half of the last printed digit, and a little: 0.95 is printed as 0.9, 2.947 as 3.0.
    expect(Math.abs(point - gigabits)).toBeLessThan(0.055);
  }
});

test('85 % of the cells are within one step of the grid, and all within two', () => {
  expect(nearest).toHaveLength(150);
  expect(share(nearest, steps => Math.abs(steps) <= 1)).toBeGreaterThanOrEqual(0.85);
  expect(share(nearest, steps => Math.abs(steps) <= 2)).toBe(1);
});

test('read as the first point that reaches it, three cells in four are within one step and all but one within two', () => {
  expect(share(first, steps => Math.abs(steps) <= 1)).toBeGreaterThan(0.75);
  expect(first.filter(steps => Math.abs(steps) > 2)).toHaveLength(1);
});

test('of the table of Streaming DiLoCo, every cell is within one step, and all but one in either reading', () => {
  expect(share(stepsOff(streamingTable4, nearestReaching), steps => Math.abs(steps) <= 1)).toBe(1);
  expect(
    stepsOff(streamingTable4, firstReaching).filter(steps => Math.abs(steps) > 1).length,
  ).toBeLessThanOrEqual(1);
});

/** INTELLECT-1 (arXiv 2412.01152), Table 2: rounds of 100 steps in 38 minutes, median all-reduce of 10B parameters in 8 bits. */
test.each([
  ['in the USA', 103, 0.957],
  ['over USA and Europe', 382, 0.856],
  ['over the world', 469, 0.83],
])(
  'compute utilization of INTELLECT-1 %s is within a point of what was published',
  (_, allReduce, published) => {
    const stepSeconds = (38 * 60) / 100;
    const round = simulateRound({
      numLayers: 42,
      // Micro-batches are accumulated, so that a small part of the step can hide a reduction.
      forward: stepSeconds * 0.99,
      backward: stepSeconds * 0.01,
      innerSteps: 100,
      fragments: 1,
      overlapSteps: 0,
      reduction: allReduce,
      latency: 0,
    });
    expect(Math.abs(round.computeUtilization - published)).toBeLessThan(0.01);
  },
);
