import fc from 'fast-check';
import {expect, test} from 'vitest';
import {compactRows, rowRanges} from '../../../src/plan-file/frameworks/fitted-rows.js';

test('a number in a list of rows repeats the prefix and the width before it', () => {
  const all = [
    'llmf-0001',
    'llmf-0002',
    'llmf-0004',
    'llmf-0009',
    'llmf-0010',
    'ttitan-0012',
    'mine',
    'run-7',
  ];
  const rows = 'llmf-0001 4..10 ttitan-0012 mine run-7';
  expect(
    compactRows(
      all.filter(id => id !== 'llmf-0002'),
      all,
    ),
  ).toBe(rows);
  expect(rowRanges(rows)).toEqual(['llmf-0001', 'llmf-0004 to llmf-0010', 'ttitan-0012', 'mine', 'run-7']);
});

test('a compact list holds the rows of the table that it was made of, and no others', () => {
  const id = fc
    .tuple(fc.constantFrom('a-', 'run', 'b2-'), fc.nat(30), fc.constantFrom(1, 2, 4))
    .map(([prefix, number, width]) => `${prefix}${String(number).padStart(width, '0')}`);
  const row = fc.record({id, taken: fc.boolean()});
  fc.assert(
    fc.property(fc.uniqueArray(row, {selector: each => each.id}), table => {
      const all = table.map(each => each.id);
      const taken = table.filter(each => each.taken).map(each => each.id);
      const found = rowRanges(compactRows(taken, all)).flatMap(entry => {
        const [first = '', last = first] = entry.split(' to ');
        return all.slice(all.indexOf(first), all.indexOf(last) + 1);
      });
      expect(found).toEqual(taken);
    }),
  );
});
