import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Device} from '../../../src/cost/kernels/device.js';
import {
  alignmentSpeed,
  gemmSeconds,
  groupedGemmSeconds,
  type MatrixProduct,
  matrixFlop,
} from '../../../src/cost/kernels/gemm.js';
import {handDevice} from './hand-device.js';

const device = handDevice();
const size = fc.integer({min: 1, max: 40_000});
const batch = fc.integer({min: 1, max: 256});
const outputBytes = fc.constantFrom(2, 4);
const product = fc.record({batch, m: size, n: size, k: size, outputBytes});
const more = fc.integer({min: 1, max: 5000});

const weightBytes = ({batch: b, n, k}: MatrixProduct) => 2 * b * n * k;

function traffic(p: MatrixProduct): number {
  return p.batch * (2 * p.m * p.k + p.outputBytes * p.m * p.n) + weightBytes(p);
}

const speedOf = ({gemmPeak, gemmEfficiency}: Device) => ({peak: gemmPeak, efficiency: gemmEfficiency});

const kernels = {
  gemm: (d: Device, p: MatrixProduct) => gemmSeconds(d, speedOf(d), p, traffic(p)),
  'grouped gemm': (d: Device, p: MatrixProduct) =>
    groupedGemmSeconds(d, speedOf(d), p, {traffic: traffic(p), weightTraffic: weightBytes(p)}),
};

for (const [name, seconds] of Object.entries(kernels)) {
  test(`${name}: time never falls when the batch, m, n or k grows, tiles and waves included`, () => {
    const key = fc.constantFrom('batch', 'm', 'n', 'k');
    fc.assert(
      fc.property(product, key, more, (p, grown, by) => {
        expect(seconds(device, {...p, [grown]: p[grown] + by})).toBeGreaterThanOrEqual(seconds(device, p));
      }),
    );
  });

  test(`${name}: never faster than its FLOP at the reached peak, nor than its traffic`, () => {
    fc.assert(
      fc.property(product, p => {
        const flop = 2 * p.batch * p.m * p.n * p.k;
        const least = Math.max(flop / (device.gemmPeak * device.gemmEfficiency), traffic(p) / 2e12);
        expect(seconds(device, p)).toBeGreaterThanOrEqual(least * (1 - 1e-12));
      }),
    );
  });

  test(`${name}: more bandwidth, peak or efficiency never costs time`, () => {
    const fact = fc.constantFrom('operandBandwidth', 'gemmPeak', 'gemmEfficiency');
    fc.assert(
      fc.property(product, fact, fc.double({min: 1, max: 4, noNaN: true}), (p, faster, times) => {
        const better = handDevice({[faster]: device[faster] * times});
        expect(seconds(better, p)).toBeLessThanOrEqual(seconds(device, p));
      }),
    );
  });
}

const wave = {batch: 1, m: 1280, n: 2560, k: 8000, outputBytes: 2};

test('one wave of full tiles takes the time of one tile on every unit', () => {
  // 10 x 10 tiles of 128 x 256 on 100 units: 2 * 1280 * 2560 * (8000 + 100).
  expect(matrixFlop(device, wave)).toBe(2 * 1280 * 2560 * 8100);
});

test('a row too many starts a second wave, which half and quarter tiles shorten', () => {
  const flop = matrixFlop(device, {...wave, m: 1281});
  // 11 x 10 full tiles need 2 waves; 11 x 20 halves 3 at 0.95; 21 x 20 quarters 5 at 0.9; 21 x 40 eighths 9 at 0.7.
  const tile = 2 * 100 * 128 * 256 * 8100;
  expect(flop / tile).toBeCloseTo(Math.min(2, 3 / (2 * 0.95), 5 / (4 * 0.9), 9 / (8 * 0.7)), 12);
});

test('kernels that split their last tiles take a row too many as a share of a wave', () => {
  const shared = handDevice({wholeWaves: false});
  const tile = 2 * 100 * 128 * 256 * 8100;
  expect(matrixFlop(shared, {...wave, m: 1281}) / tile).toBeCloseTo(1.1, 12);
  expect(matrixFlop(shared, {...wave, m: 1, n: 1})).toBe(matrixFlop(device, {...wave, m: 1, n: 1}));
});

test('a product takes its start, and a corner where computing and moving are as long', () => {
  const moved = traffic(wave);
  const compute = matrixFlop(device, wave) / 240e12;
  expect(kernels.gemm(device, wave)).toBeCloseTo(2e-6 + (compute ** 4 + (moved / 2e12) ** 4) ** 0.25, 15);
});

test('a 32-bit output costs the deeper epilogue', () => {
  expect(matrixFlop(device, {...wave, outputBytes: 4})).toBe(2 * 1280 * 2560 * 8300);
});

test('a group of small products goes at the pace at which they are started', () => {
  const group = {batch: 64, m: 16, n: 256, k: 256, outputBytes: 2};
  expect(kernels['grouped gemm'](device, group)).toBeCloseTo(2e-6 + 64 * 5e-6, 12);
});

test('a shape costs 25 ns on an idle machine, and within 2 us on a loaded one', () => {
  const rounds = 200_000;
  let total = 0;
  const start = process.cpuUsage();
  const speed = speedOf(device);
  for (let i = 0; i < rounds; i++) {
    const shape = {batch: 1, m: 4096 + (i & 1023), n: 5120, k: 8192, outputBytes: 2};
    total += gemmSeconds(device, speed, shape, 1e8);
  }
  const {user} = process.cpuUsage(start);
  expect(total).toBeGreaterThan(0);
  expect((user * 1e-6) / rounds).toBeLessThan(2e-6);
});

test('rows that start on fewer bytes are never faster, and those on 16 bytes are as fast as any', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 1e6}), fc.constantFrom(2, 4, 8), (pieces, bytes) => {
      const aligned = alignmentSpeed(pieces * 2 * bytes);
      expect(alignmentSpeed(pieces * bytes)).toBeLessThanOrEqual(aligned);
      expect(alignmentSpeed(16 * pieces)).toBe(1);
    }),
  );
  expect(alignmentSpeed(2 * 50257)).toBeLessThan(0.5);
});
