import fc from 'fast-check';
import {expect, test} from 'vitest';
import {diffLines} from '../../../src/plan-file/edit/line-diff.js';

const told = (before: string, after: string) =>
  diffLines(before, after).map(({kind, text}) => `${{same: ' ', removed: '-', added: '+'}[kind]}${text}`);

test('a changed line is taken out and put in, its neighbours stay', () => {
  expect(told('a\nb\nc\n', 'a\nB\nc\nd\n')).toEqual([' a', '-b', '+B', ' c', '+d']);
});

test('against no file every line is new', () => {
  expect(told('', 'a\nb\n')).toEqual(['+a', '+b']);
});

test('a comparison holds all lines of both texts in their order', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), {maxLength: 12});
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const diff = diffLines(before.join('\n'), after.join('\n'));
      const of = (other: string) => diff.filter(({kind}) => kind !== other).map(({text}) => text);
      expect(of('added')).toEqual(before);
      expect(of('removed')).toEqual(after);
    }),
  );
});
