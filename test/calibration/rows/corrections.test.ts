import {expect, test} from 'vitest';
import type {Correction} from '../../../src/calibration/rows/corrections.js';
import {readCorrections} from '../../../src/plan-file/tables/row-knowledge.js';
import {inferredRun} from './complete-row.js';

const row = {source: 'Some paper, table 3', vocab: '51200'};
const correction: Correction = {
  source: 'table 3',
  column: 'vocab',
  value: '50257',
  evidence: 'its repository',
};

const read = (corrections: readonly Correction[]) => inferredRun(row, {corrections});

test('a correction of its source changes what a row says, and is reported with its evidence', () => {
  const {model, assumptions} = read([correction]);
  expect(model.vocabularySize).toBe(50257);
  expect(assumptions).toEqual(['vocab 51200 taken as 50257: its repository']);
});

test('a correction of another source, or of what a row says already, changes nothing', () => {
  const others = [
    {...correction, source: 'table 4'},
    {...correction, value: '51200'},
  ];
  expect(read(others)).toEqual(read([]));
});

test('every shipped correction says where it can be read, and of measured figures there is none', () => {
  const corrections = readCorrections();
  expect(corrections.length).toBeGreaterThan(0);
  for (const {column, evidence} of corrections) {
    expect(evidence).toMatch(/\b(at [0-9a-f]{7}|table)\b/);
    expect(column).not.toMatch(/iter_time|tokens_per|mem_GB|allreduce|mfu|hfu|tflops|result/);
  }
});
