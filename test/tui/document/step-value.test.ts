import fc from 'fast-check';
import {expect, test} from 'vitest';
import {stepValue} from '../../../src/tui/document/step-value.js';

test('a step keeps the unit and the way in which a number is written', () => {
  expect(stepValue('300e9', 1, 'decades')).toBe('500e9');
  expect(stepValue('100 B', -1, 'decades')).toBe('70 B');
  expect(stepValue('$2.5/hour', 1, 'decades')).toBe('$3/hour');
  expect(stepValue('30 days', -1, 'decades')).toBe('20 days');
  expect(stepValue('2,048', 1, 'doubling')).toBe('4096');
});

test('a count doubles, halves where it is even, and does not fall below one', () => {
  expect(stepValue('24', 1, 'doubling')).toBe('48');
  expect(stepValue('24', -1, 'doubling')).toBe('12');
  expect(stepValue('3', -1, 'doubling')).toBe('2');
  expect(stepValue('1', -1, 'doubling')).toBe('1');
});

test('round values go up and come back', () => {
  const round = fc
    .tuple(fc.constantFrom(1, 1.5, 2, 3, 5, 7), fc.integer({min: -3, max: 9}))
    .map(([digit, exponent]) => `${Number(`${digit}e${exponent}`)}`)
    .filter(text => !text.includes('e'));
  fc.assert(
    fc.property(round, text => {
      const up = stepValue(text, 1, 'decades');
      expect(Number(up)).toBeGreaterThan(Number(text));
      expect(Number(stepValue(up ?? '', -1, 'decades'))).toBeCloseTo(Number(text), 9);
    }),
  );
});

test('a text without a number has no next value', () => {
  expect(stepValue('auto', 1, 'doubling')).toBeNull();
});
