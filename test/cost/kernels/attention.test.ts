import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type AttentionShape, attentionSeconds} from '../../../src/cost/kernels/attention.js';
import {handDevice, handFlash} from './hand-device.js';

const device = handDevice();

const shape: fc.Arbitrary<AttentionShape> = fc
  .record({
    sequences: fc.integer({min: 1, max: 8}),
    groups: fc.integer({min: 1, max: 16}),
    keyValueHeads: fc.integer({min: 1, max: 8}),
    tokens: fc.integer({min: 64, max: 32_768}),
    headSize: fc.constantFrom(64, 96, 128, 192, 256),
    window: fc.option(fc.integer({min: 64, max: 32_768})),
    causal: fc.boolean(),
  })
  .map(({sequences, groups, keyValueHeads, tokens, headSize, window, causal}) => ({
    ...(causal ? causalKeys(tokens, window ?? tokens) : allKeys(tokens)),
    sequences,
    heads: groups * keyValueHeads,
    keyValueHeads,
    queries: tokens,
    keys: tokens,
    headSize,
    valueHeadSize: headSize,
    dropout: false,
  }));

type Keys = Pick<AttentionShape, 'seenKeys' | 'mostKeys' | 'masked'>;

const allKeys = (tokens: number): Keys => ({seenKeys: tokens, mostKeys: tokens, masked: false});

function causalKeys(tokens: number, window: number): Keys {
  const span = Math.min(tokens, window);
  return {seenKeys: span - (span * (span - 1)) / (2 * tokens), mostKeys: span, masked: true};
}

const long = {
  sequences: 8,
  heads: 32,
  keyValueHeads: 32,
  queries: 4096,
  keys: 4096,
  headSize: 128,
  valueHeadSize: 128,
  dropout: false,
};

const kernel = fc.constantFrom('unfused', 'fused-softmax', 'flash1', 'flash2', 'flash3');

test('time never falls when sequences, heads, queries, keys or heads grow', () => {
  const key = fc.constantFrom(
    'sequences',
    'heads',
    'queries',
    'keys',
    'seenKeys',
    'mostKeys',
    'headSize',
    'valueHeadSize',
  );
  fc.assert(
    fc.property(shape, kernel, key, fc.integer({min: 1, max: 64}), (s, of, grown, by) => {
      const before = attentionSeconds(device, s, of);
      const after = attentionSeconds(device, {...s, [grown]: s[grown] + by}, of);
      // Powers and quotients round.
      expect(after.forward).toBeGreaterThanOrEqual(before.forward * (1 - 1e-9));
      expect(after.backward).toBeGreaterThanOrEqual(before.backward * (1 - 1e-9));
    }),
  );
});

test('flash attention is never faster than the pairs that the mask keeps at the reached peak', () => {
  fc.assert(
    fc.property(shape, s => {
      const pairs = s.sequences * s.heads * s.queries * s.seenKeys;
      const {forward, backward} = attentionSeconds(device, s, 'flash2');
      const {flash2} = device;
      expect(forward * flash2.forward.rate).toBeGreaterThanOrEqual(4 * pairs * s.headSize * (1 - 1e-9));
      expect(backward * flash2.backward.rate).toBeGreaterThanOrEqual(10 * pairs * s.headSize * (1 - 1e-9));
    }),
  );
});

test('more bandwidth or peak never costs time', () => {
  const faster = fc.constantFrom(
    handDevice({operandBandwidth: 2 * device.operandBandwidth}),
    handDevice({gemm16Peak: 2 * device.gemm16Peak}),
    handDevice({attention: handFlash(2), flash2: handFlash(2)}),
  );
  fc.assert(
    fc.property(shape, kernel, faster, (s, of, other) => {
      const better = attentionSeconds(other, s, of);
      const before = attentionSeconds(device, s, of);
      expect(better.forward).toBeLessThanOrEqual(before.forward);
      expect(better.backward).toBeLessThanOrEqual(before.backward);
    }),
  );
});

test('fewer heads than compute units take as long as the longest block', () => {
  const causal = {...long, ...causalKeys(4096, 4096), sequences: 1, heads: 1, keyValueHeads: 1};
  const {forward} = attentionSeconds(device, causal, 'flash2');
  expect(attentionSeconds(device, {...causal, heads: 4}, 'flash2').forward).toBeCloseTo(forward, 12);
  expect(attentionSeconds(device, {...causal, heads: 8}, 'flash2').forward).toBeGreaterThan(1.1 * forward);
});

test('a query costs the keys that it reads and as much as its row, with a mask or in a window more', () => {
  const of = (keys: Keys) => attentionSeconds(device, {...long, ...keys}, 'flash2').forward - 4e-6;
  const whole = of(allKeys(4096));
  expect(of(causalKeys(4096, 4096)) / whole).toBeCloseTo((2048.5 + 250) / (4096 + 100), 9);
  // 128 keys of which the first queries see fewer: a tenth of the time for a thirtieth of the pairs.
  expect(of(causalKeys(4096, 128)) / whole).toBeCloseTo((128 - (128 * 127) / 8192 + 250) / 4196, 9);
});

test('unfused attention computes the whole square, whatever the mask leaves', () => {
  const of = (keys: Keys) => attentionSeconds(device, {...long, ...keys}, 'unfused');
  expect(of(causalKeys(4096, 4096))).toEqual(of(allKeys(4096)));
});

test('a head between compiled sizes takes as long as the next size', () => {
  const of = (headSize: number) =>
    attentionSeconds(device, {...long, ...allKeys(4096), headSize, valueHeadSize: headSize}, 'flash2')
      .forward;
  expect(of(72)).toBeCloseTo(of(128), 12);
  expect(of(64)).toBeLessThan(of(72));
});

test('a kernel written for the generation is faster by the share that FlashAttention-2 reaches of it', () => {
  const hopper = handDevice({flash2: handFlash(0.6), attentionStart: 0});
  const sequence = {...long, ...causalKeys(4096, 4096)};
  const of = (name: 'flash1' | 'flash2' | 'flash3') => attentionSeconds(hopper, sequence, name);
  expect(of('flash3').forward / of('flash2').forward).toBeCloseTo(0.6, 9);
  expect(of('flash3').backward / of('flash2').backward).toBeCloseTo(0.6, 9);
  expect(of('flash1').forward).toBeGreaterThan(of('flash2').forward);
});
