import {expect, test} from 'vitest';
import {columns} from '../../../src/calibration/rows/columns.js';
import {parseRow} from '../../../src/calibration/rows/parse-row.js';

const parsed = (cells: Record<string, string>) => parseRow({id: 'run-1', ...cells});

test('cells are read once, in SI base units; what a row does not state is null', () => {
  const {run, faults, assumptions} = parsed({
    num_gpus: ' 16 ',
    peak_mem_GB: '61.5',
    tokens_per_s_per_gpu: '1234',
    allreduce_GBps: '175',
    sequence_parallel: 'True',
    moe: '256/8+1shared',
    zero_stage: 'fsdp(64)',
    result: 'OOM',
  });
  expect(faults).toEqual([]);
  expect(assumptions).toEqual([]);
  expect(run).toMatchObject({
    id: 'run-1',
    numDevices: 16,
    peakMemoryBytes: 61.5e9,
    tokensPerSecondPerDevice: 1234,
    allReduceBandwidth: 175e9,
    sequenceParallel: true,
    experts: {numExperts: 256, topK: 8, numShared: 1},
    sharding: {sharding: 'parameters', group: 64},
    outcome: 'out-of-memory',
    tensor: null,
    recompute: null,
  });
});

test('every cell that cannot be read is a fault with a remedy, not only the first', () => {
  const {faults} = parsed({
    num_gpus: 'abc',
    tp: '1.5',
    iter_time_s: '-5',
    precision: 'posit8',
    zero_stage: '7',
    sequence_parallel: 'maybe',
    moe: 'many',
    mtp: '-1',
  });
  expect(faults.map(({column, message, hint}) => `${column}: ${message} (${hint})`)).toEqual([
    'num_gpus: "abc" is not a whole number above 0 (correct it, or leave the cell empty)',
    'moe: "many" is not known (write experts/top-k, as 8/2 or 256/8+1)',
    'mtp: "-1" is not a whole number (correct it, or leave the cell empty)',
    'tp: "1.5" is not a whole number above 0 (correct it, or leave the cell empty)',
    'sequence_parallel: "maybe" is not known (write 1 or 0)',
    'zero_stage: "7" is not known (write 0, 1, 2 or 3)',
    'precision: "posit8" is not known (write one of bf16, fp8, int8, nvfp4, mxfp8, tf32, fp16, fp32)',
    'iter_time_s: "-5" is not a number above 0 (correct it, or leave the cell empty)',
  ]);
});

test('a spelling that states more or less than its value is an assumption', () => {
  const {run, assumptions} = parsed({
    precision: 'BF16/FP16',
    optimizer: 'shampoo',
    offload: 'params+optimizer (cpu)',
  });
  expect(run).toMatchObject({precision: 'bf16', optimizer: 'adam', offload: 'optimizer'});
  expect(assumptions).toEqual([
    'precision BF16/FP16: taken as bf16',
    'optimizer shampoo: taken as adam',
    'offload params+optimizer (cpu): taken as optimizer',
  ]);
});

test.each([
  ['adamw', 'adam'],
  ['paged_adamw8bit (optimizer in backward)', 'adam-8bit'],
  ['Muon', 'muon'],
])('optimizer %s is %s', (optimizer, expected) => {
  expect(parsed({optimizer}).run.optimizer).toBe(expected);
});

test('every column is named once', () => {
  const names = Object.values(columns).map(({name}) => name);
  expect(new Set(names).size).toBe(names.length);
});
