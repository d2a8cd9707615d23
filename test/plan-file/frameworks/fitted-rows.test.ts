import fc from 'fast-check';
import {expect, test} from 'vitest';
import {compactRows, expandRows} from '../../../src/plan-file/frameworks/fitted-rows.js';

test('a number in a list of rows repeats the prefix and the width before it', () => {
  const ids = ['llmf-0001', 'llmf-0004', 'llmf-0008', 'llmf-0009', 'ttitan-0012', 'mine', 'run-7'];
  expect(compactRows(ids)).toBe('llmf-0001 4 8..9 ttitan-0012 mine run-7');
  expect(expandRows('llmf-0001 4 8..9 ttitan-0012 mine run-7')).toEqual(ids);
});

test('a compact list expands to the ids that it was made of', () => {
  const id = fc.tuple(fc.constantFrom('a-', 'run', 'b2-'), fc.nat(30), fc.constantFrom(1, 2, 4));
  fc.assert(
    fc.property(fc.array(id), parts => {
      const ids = parts.map(([prefix, number, width]) => `${prefix}${String(number).padStart(width, '0')}`);
      expect(expandRows(compactRows(ids))).toEqual(ids);
    }),
  );
});
