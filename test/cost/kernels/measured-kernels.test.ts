import {describe, expect, test} from 'vitest';
import {bulkData} from '../../published/tables.js';
import {
  kernelFamilies,
  kernelOps,
  kernelProfiles,
  meanError,
  medianError,
  productProfiles,
  readMeasuredKernels,
  readMeasuredProducts,
} from './measured-kernels.js';
import {deviceMaker} from './profile-device.js';

const bulk = bulkData('measurements/gemm.csv');
const heldOut = bulk.missing ? [] : readMeasuredKernels(bulk.url, 0).filter(kernel => kernel.heldOut);

describe.skipIf(bulk.missing)(`kernels of gemm.csv whose shapes no fact was fitted to ${bulk.needed}`, () => {
  test.for(kernelProfiles)('%s: the median error is at most 8 %', async profile => {
    const device = (await deviceMaker(profile))({});
    const rows = heldOut.filter(kernel => kernel.profile === profile);
    for (const op of [...kernelOps, null]) {
      const chosen = rows.filter(kernel => op === null || kernel.op === op);
      if (chosen.length === 0) continue;
      const percent = (error: number) => `${(100 * error).toFixed(1)} %`;
      const errors = `median ${percent(medianError(chosen, device))}, mean ${percent(meanError(chosen, device))}`;
      console.log(`${profile}, ${op ?? 'all'}: ${errors}, ${chosen.length} rows`);
    }
    expect(rows.length).toBeGreaterThan(100);
    expect(medianError(rows, device)).toBeLessThan(0.08);
  });

  // Few shapes of experts and attention, and cuBLAS treats experts of one size unlike: over 30 halves that
  // scripts/fit/kernels.mjs holds out in turn, B200 is met within 5 to 12 % and within 3 to 9 %.
  const bars = {matrix: 0.08, grouped: 0.12, attention: 0.1} as const;
  const cases = kernelProfiles.flatMap(profile => kernelFamilies.map(family => ({profile, family})));
  test.for(cases)('$profile: $family kernels by themselves', async ({profile, family}) => {
    const device = (await deviceMaker(profile))({});
    const rows = heldOut.filter(kernel => kernel.profile === profile && kernel.family === family);
    expect(rows.length).toBeGreaterThan(5);
    expect(medianError(rows, device)).toBeLessThan(bars[family]);
  });
});

const kernels = bulkData('measurements/kernels.csv');
const products = kernels.missing ? [] : readMeasuredProducts(kernels.url, 0).filter(kernel => kernel.heldOut);

describe.skipIf(kernels.missing)(
  `products of kernels.csv whose shapes no fact was fitted to ${kernels.needed}`,
  () => {
    test.for(productProfiles)('%s: the median error is at most 9 %', async profile => {
      const device = (await deviceMaker(profile))({});
      const rows = products.filter(kernel => kernel.profile === profile);
      console.log(
        `${profile}: median ${(100 * medianError(rows, device)).toFixed(1)} %, ${rows.length} rows`,
      );
      expect(rows.length).toBeGreaterThan(50);
      expect(medianError(rows, device)).toBeLessThan(0.09);
    });
  },
);
