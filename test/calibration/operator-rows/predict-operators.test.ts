import {expect, test} from 'vitest';
import {parseKernelRow} from '../../../src/calibration/kernel-rows/kernel-row.js';
import {alwaysHardware} from '../../../src/calibration/match-hardware.js';
import {sliceOperators} from '../../../src/calibration/operator-rows/operator-slices.js';
import {predictOperators} from '../../../src/calibration/operator-rows/predict-operators.js';
import {readHardware} from '../../../src/plan-file/library/library.js';

test('20,000 rows take a few seconds of the processor', async () => {
  const read = await readHardware('h100-sxm');
  if ('problems' in read) throw new Error('no h100-sxm');
  const context = {machineNamed: alwaysHardware(read.profile), software: null, withDistrusted: false};
  const cells = {hardware: 'H100', op: 'matmul', dtype: 'bf16', n: '8192', k: '8192', seconds: '0.001'};
  const before = process.cpuUsage();
  const rows = Array.from({length: 20_000}, (_, i) => ({
    row: parseKernelRow({...cells, id: `r${i}`, m: String(1024 + i)}).row,
    unreadable: null,
  }));
  const {total} = sliceOperators(predictOperators(rows, context));
  const {user, system} = process.cpuUsage(before);
  expect(total.predicted).toBe(20_000);
  expect((user + system) / 1e6).toBeLessThan(5);
});
