import {describe, expect, test} from 'vitest';
import {attentionSeconds} from '../../../src/cost/kernels/attention.js';
import {gemmSeconds} from '../../../src/cost/kernels/gemm.js';
import {deviceMaker} from './profile-device.js';

const profiles = [
  'a100-80gb',
  'h100-sxm',
  'b200',
  'gb300-nvl72',
  'b200-power-limited',
  'mi300x',
  'frontier-mi250x',
  'rtx-4090',
  'tpu-v5p',
  'trainium-2',
];

describe.each(profiles)('%s', profile => {
  const shape = {
    sequences: 2,
    heads: 16,
    keyValueHeads: 16,
    queries: 4096,
    keys: 4096,
    seenKeys: 2048.5,
    mostKeys: 4096,
    masked: true,
    dropout: false,
  };

  test('a wider head never takes less time in a kernel that keeps scores on chip', async () => {
    const device = (await deviceMaker(profile))({});
    for (const kernel of ['flash1', 'flash2', 'flash3'] as const) {
      let before = {forward: 0, backward: 0};
      for (let headSize = 16; headSize <= 320; headSize += 8) {
        const pass = attentionSeconds(device, {...shape, headSize, valueHeadSize: headSize}, kernel);
        expect(pass.forward, `${kernel} ${headSize}`).toBeGreaterThanOrEqual(before.forward);
        expect(pass.backward, `${kernel} ${headSize}`).toBeGreaterThanOrEqual(before.backward);
        before = pass;
      }
    }
  });

  test('FlashAttention-2 is never faster than the kernel of the generation', async () => {
    const device = (await deviceMaker(profile))({});
    const of = (kernel: 'flash2' | 'flash3') =>
      attentionSeconds(device, {...shape, headSize: 128, valueHeadSize: 128}, kernel);
    expect(of('flash2').forward).toBeGreaterThanOrEqual(of('flash3').forward);
    expect(of('flash2').backward).toBeGreaterThanOrEqual(of('flash3').backward);
  });

  test('a product and a kernel of attention take their start at least', async () => {
    const device = (await deviceMaker(profile))({});
    const speed = {peak: device.gemmPeak, efficiency: device.gemmEfficiency};
    const least = gemmSeconds(device, speed, {batch: 1, m: 1, n: 8, k: 8, outputBytes: 2}, 200);
    expect(least).toBeGreaterThanOrEqual(device.productStart);
    expect(least).toBeLessThan(device.productStart + 5e-6);
  });
});
