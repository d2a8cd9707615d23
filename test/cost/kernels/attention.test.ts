import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type AttentionShape, attentionSeconds} from '../../../src/cost/kernels/attention.js';
import {handDevice} from './hand-device.js';

const device = handDevice();

const shape: fc.Arbitrary<AttentionShape> = fc
  .record({
    sequences: fc.integer({min: 1, max: 8}),
    groups: fc.integer({min: 1, max: 16}),
    keyValueHeads: fc.integer({min: 1, max: 8}),
    tokens: fc.integer({min: 64, max: 32_768}),
    headSize: fc.constantFrom(64, 96, 128, 192, 256),
    causal: fc.boolean(),
  })
  .map(({sequences, groups, keyValueHeads, tokens, headSize, causal}) => ({
    sequences,
    heads: groups * keyValueHeads,
    keyValueHeads,
    queries: tokens,
    keys: tokens,
    kept: causal ? (tokens + 1) / (2 * tokens) : 1,
    headSize,
    valueHeadSize: headSize,
    dropout: false,
  }));

const kernel = fc.constantFrom('unfused', 'fused-softmax', 'flash1', 'flash2', 'flash3');

test('time never falls when sequences, heads, queries or keys grow', () => {
  const key = fc.constantFrom('sequences', 'heads', 'queries', 'keys');
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
      const pairs = s.sequences * s.heads * s.queries * s.keys * s.kept;
      const {forward, backward} = attentionSeconds(device, s, 'flash2');
      expect(forward * device.attentionForward).toBeGreaterThanOrEqual(4 * pairs * s.headSize * (1 - 1e-9));
      expect(backward * device.attentionBackward).toBeGreaterThanOrEqual(
        10 * pairs * s.headSize * (1 - 1e-9),
      );
    }),
  );
});

test('more bandwidth or peak never costs time', () => {
  const fact = fc.constantFrom('memoryBandwidth', 'attentionForward', 'attentionBackward', 'gemm16Peak');
  fc.assert(
    fc.property(shape, kernel, fact, (s, of, faster) => {
      const better = attentionSeconds(handDevice({[faster]: 2 * device[faster]}), s, of);
      const before = attentionSeconds(device, s, of);
      expect(better.forward).toBeLessThanOrEqual(before.forward);
      expect(better.backward).toBeLessThanOrEqual(before.backward);
    }),
  );
});

test('fewer heads than compute units take as long as the longest block', () => {
  const causal = {
    sequences: 1,
    heads: 1,
    keyValueHeads: 1,
    queries: 4096,
    keys: 4096,
    kept: 0.5,
    headSize: 128,
    valueHeadSize: 128,
    dropout: false,
  };
  const {forward} = attentionSeconds(device, causal, 'flash2');
  expect(attentionSeconds(device, {...causal, heads: 4}, 'flash2').forward).toBeCloseTo(forward, 12);
  expect(attentionSeconds(device, {...causal, heads: 8}, 'flash2').forward).toBeGreaterThan(1.1 * forward);
});

test('selects by the mask: causal flash attention takes half of the whole square, unfused all of it', () => {
  const square = {
    sequences: 8,
    heads: 32,
    keyValueHeads: 32,
    queries: 4096,
    keys: 4096,
    kept: 1,
    headSize: 128,
    valueHeadSize: 128,
    dropout: false,
  };
  const of = (kept: number, name: 'flash2' | 'unfused') => attentionSeconds(device, {...square, kept}, name);
  expect(of(0.5, 'flash2').forward / of(1, 'flash2').forward).toBeCloseTo(0.5, 6);
  expect(of(0.5, 'unfused')).toEqual(of(1, 'unfused'));
});

test('a kernel written for the generation is faster by the share that FlashAttention-2 reaches of it', () => {
  const hopper = handDevice({flash2Share: 0.6});
  const long = {
    sequences: 1,
    heads: 32,
    keyValueHeads: 32,
    queries: 16384,
    keys: 16384,
    kept: 0.5,
    headSize: 128,
    valueHeadSize: 128,
    dropout: false,
  };
  const of = (name: 'flash1' | 'flash2' | 'flash3') => attentionSeconds(hopper, long, name);
  expect(of('flash3').forward / of('flash2').forward).toBeCloseTo(0.6, 9);
  expect(of('flash3').backward / of('flash2').backward).toBeCloseTo(0.6, 9);
  expect(of('flash1').forward).toBeGreaterThan(of('flash2').forward);
});
