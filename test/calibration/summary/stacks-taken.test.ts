import {expect, test} from 'vitest';
import {stacksTaken} from '../../../src/calibration/summary/stacks-taken.js';
import {predictedRow} from '../predicted-row.js';

test('a framework is listed with each stack that stood for it, and how often', () => {
  const row = (framework: string, software: string) => ({...predictedRow('x-1', 1, 1), framework, software});
  expect(
    stacksTaken([
      row('NeMo', 'megatron-core'),
      row('', 'generic'),
      row('NeMo', 'megatron-core'),
      row('NeMo', 'generic'),
      {status: 'skipped', id: 'x-2', source: 'x', reason: 'unknown: heads'},
    ]),
  ).toEqual([
    {framework: '', software: 'generic', rows: 1},
    {framework: 'NeMo', software: 'generic', rows: 1},
    {framework: 'NeMo', software: 'megatron-core', rows: 2},
  ]);
});
