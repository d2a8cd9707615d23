import {expect, test} from 'vitest';
import {summarize} from '../../../src/calibration/summary/summarize.js';
import type {ValidationRow} from '../../../src/calibration/validation.js';
import {validationHtml} from '../../../src/report/html/validation-html.js';
import {predictedRow} from '../../calibration/predicted-row.js';

const weighed = predictedRow('mine-0006', null, 3);
const rows: readonly ValidationRow[] = [
  ...[2, 4, 8, 16, 32].map((seconds, i) => predictedRow(`mine-000${i + 1}`, seconds, seconds * 1.05)),
  {...weighed, measured: {...weighed.measured, peakMemoryBytes: 2, fits: false}},
  {status: 'skipped', id: 'mine-0008', source: 'mine', reason: 'unknown: <b>tp</b>'},
];

test('figures to see first, a mark for every counted run, every row, and what was left out', () => {
  const html = validationHtml(summarize(rows), 'source');
  expect(html).toContain('<b>5 %</b>median error of a step time');
  expect(html).toContain('<b>0 %</b>planner regret, mean over sweeps');
  // Five step times and one figure of memory.
  expect(html.match(/<circle cx="[\d.]+" cy="[\d.]+" r="3"/g)).toHaveLength(6);
  expect(html.match(/<td>mine-\d{4}<\/td>/g)).toHaveLength(6);
  expect(html).toContain('unknown: &lt;b&gt;tp&lt;/b&gt;');
});

test('start tags and end tags are balanced', () => {
  const html = validationHtml(summarize(rows), 'hardware');
  const open: string[] = [];
  for (const [, end, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/gi)) {
    if (name === 'meta') continue;
    if (end === '') open.push(name!);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});

test('a table without a single prediction still makes a page', () => {
  const html = validationHtml(summarize(rows.slice(-1)), 'source');
  expect(html).toContain('0 of 1 measured runs predicted');
  expect(html).not.toMatch(/NaN|undefined|null/);
});
