import {describe, expect, test} from 'vitest';
import {attentionSeconds} from '../../../src/cost/kernels/attention.js';
import type {Device} from '../../../src/cost/kernels/device.js';
import {gemmSeconds} from '../../../src/cost/kernels/gemm.js';
import type {AttentionKernel} from '../../../src/frameworks/stack.js';
import type {TableRow} from '../../../src/import/csv-table.js';
import {publishedTable} from '../../published/tables.js';
import {deviceMaker} from './profile-device.js';

const profiles: Readonly<Record<string, string>> = {
  'A100-80GB-SXM': 'selene-a100-80gb',
  'H100-SXM': 'eos-h100',
  'H200-SXM': 'h200',
  'B200-SXM': 'b200',
  GB200: 'gb200-nvl72',
  GB300: 'gb300-nvl72',
  MI325X: 'mi325x',
  MI355X: 'mi355x',
};

const devices = new Map<string, Device>();
for (const [hardware, profile] of Object.entries(profiles)) {
  devices.set(hardware, (await deviceMaker(profile))({}));
}

function deviceOf(row: TableRow): Device {
  const device = devices.get(row.hardware ?? '');
  if (device === undefined) throw new Error(`no profile for ${row.hardware}`);
  return device;
}

function medianError(ratios: readonly number[]): number {
  const errors = ratios.map(ratio => Math.abs(ratio - 1)).sort((a, b) => a - b);
  return errors[errors.length >> 1] ?? Number.NaN;
}

/** Seconds of a product in bf16 on a device. */
function productSeconds(row: TableRow): number {
  const [m, n, k] = [Number(row.m), Number(row.n), Number(row.k)];
  const device = deviceOf(row);
  const traffic = 2 * (m * k + n * k + m * n);
  return gemmSeconds(
    device,
    {peak: device.gemmPeak, efficiency: device.gemmEfficiency},
    {batch: 1, m, n, k, outputBytes: 2},
    traffic,
  );
}

const flop = (row: TableRow) => 2 * Number(row.m) * Number(row.n) * Number(row.k);

describe('products of cuBLAS as a share of the peak', () => {
  const rows = publishedTable('product-efficiency.csv');
  const ratioOf = (row: TableRow) =>
    flop(row) / productSeconds(row) / deviceOf(row).gemmPeak / Number(row.efficiency);

  test.each([
    ['A100-80GB-SXM', 0.1],
    ['H100-SXM', 0.08],
    ['H200-SXM', 0.08],
    ['B200-SXM', 0.15],
    ['GB200', 0.15],
    ['GB300', 0.15],
  ])('%s from 0.03 TFLOP: median error at most %d', (hardware, bar) => {
    const chosen = rows.filter(row => row.hardware === hardware && flop(row) > 3e10);
    expect(chosen.length).toBeGreaterThan(5);
    expect(medianError(chosen.map(ratioOf))).toBeLessThan(bar);
  });

  test('fewer rows than a device needs for its full rate cost efficiency as measured, within a third', () => {
    const few = rows.filter(row => Number(row.m) <= 256 && row.n === '8192');
    expect(few).toHaveLength(18);
    for (const row of few) {
      expect(ratioOf(row), `${row.hardware} ${row.m}`).toBeGreaterThan(0.66);
      expect(ratioOf(row), `${row.hardware} ${row.m}`).toBeLessThan(1.6);
    }
  });
});

test.each([
  ['B200-SXM', 0.08],
  ['MI325X', 0.1],
  ['MI355X', 0.08],
])('square products on %s from 1 TFLOP: median error at most %d', (hardware, bar) => {
  const chosen = publishedTable('matrix-products.csv').filter(
    row => row.hardware === hardware && flop(row) > 1e12,
  );
  expect(chosen.length).toBeGreaterThan(3);
  expect(medianError(chosen.map(row => productSeconds(row) / Number(row.seconds)))).toBeLessThan(bar);
});

/** Predicted over measured seconds of an attention kernel. */
function attentionRatio(row: TableRow): number {
  const length = Number(row.sequence_length);
  const shape = {
    sequences: Number(row.sequences),
    heads: Number(row.heads),
    keyValueHeads: Number(row.kv_heads),
    queries: length,
    keys: length,
    seenKeys: row.causal === '1' ? (length + 1) / 2 : length,
    mostKeys: length,
    masked: row.causal === '1',
    headSize: Number(row.head_size),
    valueHeadSize: Number(row.value_head_size),
    dropout: false,
  };
  const {forward, backward} = attentionSeconds(deviceOf(row), shape, row.kernel as AttentionKernel);
  const predicted = {forward, backward, 'forward-backward': forward + backward}[row.pass ?? ''];
  if (predicted === undefined) throw new Error(`no pass ${row.pass}`);
  return predicted / Number(row.seconds);
}

describe('attention that others published', () => {
  const rows = publishedTable('attention.csv');

  test.each([
    ['H100-SXM', 'flash3', 'forward', 0.12],
    ['H100-SXM', 'flash2', 'forward', 0.1],
    ['H100-SXM', 'flash2', 'forward-backward', 0.12],
    ['H100-SXM', 'flash1', 'forward-backward', 0.25],
    ['MI355X', 'flash3', 'forward', 0.2],
    ['GB200', 'flash3', 'forward', 0.2],
    ['GB200', 'flash3', 'backward', 0.12],
  ])('%s %s %s, 2,048 tokens and more: median error at most %d', (hardware, kernel, pass, bar) => {
    const chosen = rows.filter(
      row =>
        row.hardware === hardware &&
        row.kernel === kernel &&
        row.pass === pass &&
        Number(row.sequence_length) >= 2048,
    );
    expect(chosen.length).toBeGreaterThan(9);
    expect(medianError(chosen.map(attentionRatio))).toBeLessThan(bar);
  });

  // Megatron's mask and scale are kernels of their own: only with a mask does PyTorch run as many.
  test('separate kernels with a causal mask: median error at most 25 %', () => {
    const chosen = rows.filter(row => row.kernel === 'unfused' && row.causal === '1');
    expect(chosen.length).toBeGreaterThan(15);
    const error = medianError(chosen.map(attentionRatio));
    expect(error).toBeLessThan(0.25);
  });
});
