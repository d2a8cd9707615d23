import {expect, test} from 'vitest';
import {readMeasurement} from '../../../src/calibration/measurement.js';
import type {Correction} from '../../../src/calibration/row/correction.js';
import {readCorrections} from '../../../src/cli/measured/shipped-tables.js';

const row = {
  id: 'run-1',
  source: 'Some paper, table 3',
  framework: 'Megatron-LM',
  hardware: 'A100-80GB-SXM',
  num_gpus: '8',
  layers: '24',
  hidden: '2048',
  ffn_hidden: '8192',
  heads: '16',
  vocab: '51200',
  seq_len: '1024',
  global_batch: '8',
  tp: '1',
  pp: '1',
  micro_batch: '1',
  precision: 'bf16',
  recompute: 'none',
  iter_time_s: '1',
};
const correction: Correction = {
  source: 'table 3',
  column: 'vocab',
  value: '50257',
  evidence: 'its repository',
};

function read(corrections: readonly Correction[]) {
  const result = readMeasurement(row, [], corrections);
  if ('skipped' in result) throw new Error(result.skipped.reason);
  return result.measurement;
}

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
