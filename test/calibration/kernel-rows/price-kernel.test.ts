import {expect, test} from 'vitest';
import {parseKernelRow} from '../../../src/calibration/kernel-rows/kernel-row.js';
import {kernelPricer, type OperatorPrice} from '../../../src/calibration/kernel-rows/price-kernel.js';
import {makeCluster} from '../../../src/cluster/make-cluster.js';
import {attentionSeconds} from '../../../src/cost/kernels/attention.js';
import {deviceFor} from '../../../src/cost/kernels/device.js';
import {gemmSeconds} from '../../../src/cost/kernels/gemm.js';
import {readHardware} from '../../../src/plan-file/library/library.js';

const read = await readHardware('h100-sxm');
if ('problems' in read) throw new Error('no h100-sxm');
const stack = read.profile.software.generic?.stack;
if (stack === undefined) throw new Error('no generic stack');
const machine = makeCluster(read.profile, stack, 8);
const device = deviceFor(machine, 'bf16');
const price = kernelPricer(machine);

function priced(cells: Readonly<Record<string, string>>): OperatorPrice {
  return price(parseKernelRow({id: 'a', hardware: 'H100', dtype: 'bf16', ...cells}).row);
}

function seconds(cells: Readonly<Record<string, string>>): number {
  const result = priced(cells);
  if ('reason' in result) throw new Error(result.reason);
  return result.seconds;
}

const matmul = {op: 'matmul', m: '4096', n: '8192', k: '2048'};

test('a product takes what the model gives for one of a step', () => {
  const [m, n, k] = [4096, 8192, 2048];
  const speed = {peak: device.gemmPeak, efficiency: device.gemmEfficiency};
  const traffic = 2 * (m * k + k * n + m * n);
  expect(seconds(matmul)).toBe(gemmSeconds(device, speed, {batch: 1, m, n, k, outputBytes: 2}, traffic));
});

test('the pass stands in a column or ends the name, and both passes are the sum of the two', () => {
  const block = {m: '4096', n: '14336', k: '4096'};
  const forward = seconds({...block, op: 'swiglu-mlp-forward'});
  const backward = seconds({...block, op: 'swiglu-mlp', pass: 'backward'});
  expect(backward).toBeGreaterThan(forward);
  expect(seconds({...block, op: 'swiglu-mlp-full'})).toBeCloseTo(forward + backward, 12);
  expect(seconds({...block, op: 'swiglu-mlp-backward', notes: 'INCLUDES the forward'})).toBeCloseTo(
    forward + backward,
    12,
  );
});

test('mask and window of attention are those of the row', () => {
  const shape = {op: 'attention-forward', batch: '2', seq: '8192', heads: '32', head_dim: '128'};
  const full = seconds({...shape, causal: '0'});
  const [sequences, heads, headSize, s] = [2, 32, 128, 8192];
  const {forward} = attentionSeconds(
    device,
    {
      sequences,
      heads,
      keyValueHeads: heads,
      queries: s,
      keys: s,
      seenKeys: s,
      mostKeys: s,
      masked: false,
      headSize,
      valueHeadSize: headSize,
      dropout: false,
    },
    'flash3',
  );
  expect(full).toBe(forward);
  const causal = seconds({...shape, causal: '1'});
  expect(causal).toBeLessThan(0.6 * full);
  expect(seconds({...shape, causal: '1', window: '1024'})).toBeLessThan(0.5 * causal);
  expect(seconds({...shape, causal: '0', library: 'FlashAttention-2 2.7.4'})).toBeGreaterThan(full);
});

test('rows of one group, of all groups and of a whole block of experts are told apart by their notes', () => {
  const grouped = {op: 'grouped-matmul', m: '8192', n: '4096', k: '4096', groups: '8'};
  const perGroup = seconds({...grouped, notes: 'm is rows per group'});
  const ofAll = seconds({...grouped, notes: 'm all rows, even'});
  expect(perGroup / ofAll).toBeGreaterThan(6);
  const block = seconds({...grouped, notes: 'whole expert block forward; m = tokens; top-2 of 8 experts'});
  expect(block).toBeGreaterThan(2 * ofAll);
});

test('what the model has not is a reason, never a number', () => {
  const reasons = [
    {op: 'scan-forward', batch: '1', seq: '4096'},
    {op: 'matmul', m: '4096', n: '8192'},
    {...matmul, dtype: 'nvfp4'},
    {...matmul, dtype: 'bf16xint4'},
    {...matmul, op: 'matmul-backward'},
  ].map(cells => {
    const result = priced(cells);
    return 'reason' in result ? result.reason : 'priced';
  });
  expect(reasons).toEqual([
    'scan is not modelled',
    'states no k',
    'NVIDIA H100 SXM5 80 GB has no nvfp4',
    'no mode for bf16xint4 operands is modelled',
    'the backward pass is not modelled',
  ]);
});
