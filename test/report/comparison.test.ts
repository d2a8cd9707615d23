import {beforeAll, expect, test} from 'vitest';
import {type ComparedPlan, comparisonOrders, comparisonRows, sortPlans} from '../../src/report/comparison.js';
import type {Simulation} from '../../src/report/simulation.js';
import {displayWidth} from '../../src/report/terminal/display-width.js';
import {renderComparison} from '../../src/report/text/comparison-text.js';
import {simulatePlan} from './published-plan.js';

let plans: readonly ComparedPlan[] = [];

/** The same plan, faster, and dearer. */
function changed(simulation: Simulation, factor: number): Simulation {
  const {run} = simulation;
  const {p10, p50, p90} = run.seconds;
  return {
    ...simulation,
    run: {
      ...run,
      seconds: {p10: p10 * factor, p50: p50 * factor, p90: p90 * factor},
      costUsd: 1e6 / factor,
    },
  };
}

beforeAll(async () => {
  const base = await simulatePlan('frontier-175b-dash2023');
  const memory = {...base.estimate.memory, fits: false};
  plans = [
    {label: 'slow', simulation: changed(base, 1), reasons: []},
    {label: 'full', simulation: {...base, estimate: {...base.estimate, memory}}, reasons: ['does not fit']},
    {label: 'fast', simulation: changed(base, 0.5), reasons: []},
    {label: 'nowhere', simulation: null, reasons: ['no layout divides it']},
  ];
});

const row = (name: string) => comparisonRows(plans).find(candidate => candidate.name === name);

test('the best figure of a row is known; what all plans share is nobody’s advantage', () => {
  expect(row('time')?.best).toBe(2);
  expect(row('cost')?.best).toBe(0);
  expect(row('loss')?.best).toBeNull();
  expect(row('devices')?.best).toBeNull();
});

test('a plan that does not fit says so, with its memory and without a time', () => {
  expect(row('verdict')?.cells).toEqual(['fits', 'does not fit', 'fits', 'no layout']);
  expect(row('time')?.cells[1]).toBe('');
  expect(row('memory')?.cells[1]).toMatch(/GiB/);
  expect(row('memory')?.cells[3]).toBe('');
});

test('sorted by any figure the best is first, and plans without an answer are last', () => {
  expect(sortPlans(plans, 'time').map(({label}) => label)).toEqual(['fast', 'slow', 'full', 'nowhere']);
  expect(sortPlans(plans, 'cost').map(({label}) => label)).toEqual(['slow', 'fast', 'full', 'nowhere']);
  for (const order of comparisonOrders) {
    const labels = sortPlans(plans, order).map(({label}) => label);
    expect(labels.slice(2)).toEqual(['full', 'nowhere']);
  }
});

test('a narrow page folds the columns and stays within its width', () => {
  for (const width of [40, 60, 100, 200]) {
    const lines = renderComparison({width, color: false, unicode: true}, plans);
    for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
    const text = lines.join('\n');
    for (const {label} of plans) expect(text).toContain(label);
  }
});

test('the best figure is marked, and reasons stand below with their plan', () => {
  const lines = renderComparison({width: 100, color: false, unicode: false}, plans);
  expect(lines.find(line => line.startsWith('calendar P50'))).toMatch(
    /^calendar P50 +\S+ days +- +\S+ days\* +-$/,
  );
  expect(lines).toContain('! nowhere: no layout divides it');
});
