import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compileExpression} from '../../../src/scaling/expression/compile-expression.js';

function evaluate(text: string, values: Readonly<Record<string, number>> = {}): number {
  const compiled = compileExpression(text, Object.keys(values), 'number');
  if ('message' in compiled) throw new Error(`${text}: ${compiled.message}`);
  return compiled.evaluate(Object.values(values));
}

function holds(text: string, values: Readonly<Record<string, number>>): boolean {
  const compiled = compileExpression(text, Object.keys(values), 'condition');
  if ('message' in compiled) throw new Error(`${text}: ${compiled.message}`);
  return compiled.evaluate(Object.values(values)) === 1;
}

test.each([
  ['1 + 2 * 3 ^ 2', 19],
  ['-2 ^ 2', -4],
  ['2 ^ 3 ^ 2', 512],
  ['(1 + 2) * 3', 9],
  ['6 / 4 / 3', 0.5],
  ['exp(log(5))', 5],
  ['sqrt(16) + abs(-3) + log2(8) + log10(100)', 12],
  ['min(3, 1, 2) + max(3, 1, 2)', 4],
  ['1.5e3', 1500],
])('%s is %d', (text, value) => expect(evaluate(text)).toBeCloseTo(value, 12));

test('a formula reads the names that it is given', () => {
  const values = {N: 1e9, D: 2e10, E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658};
  const {N, D, E, A, B, alpha, beta} = values;
  expect(evaluate('E + A / N^alpha + B / D^beta', values)).toBe(E + A / N ** alpha + B / D ** beta);
  const compiled = compileExpression('E + A', ['A', 'B', 'E'], 'number');
  expect('reads' in compiled && compiled.reads).toEqual(['E', 'A']);
});

test.each([
  ['d / n >= 0.4', true],
  ['d / n > 20', false],
  ['1e8 < n < 1e10', true],
  ['1e8 < n < 1e9', false],
  ['n == 1e9 and d != 1e9', true],
  ['not (n == 1e9) or d > 1', true],
  ['not (n == 1e9)', false],
])('condition %s is %s', (text, truth) => expect(holds(text, {n: 1e9, d: 2e10})).toBe(truth));

describe('what is no formula of numbers is refused with a remedy', () => {
  test.each([
    'import("fs")',
    'createUnit("x")',
    'evaluate("1 + 1")',
    'parse("1")',
    'simplify("x")',
    'derivative("x^2", "x")',
    'f(x) = x^2',
    'x = 3',
    'N = 3',
    'cos.constructor("return process")()',
    'N.constructor',
    'N["constructor"]',
    'constructor',
    '__proto__',
    'toString()',
    'hasOwnProperty(1)',
    'min.call(1)',
    '"text"',
    '[1, 2, 3]',
    '{a: 1}',
    '1:1e9',
    'ones(1e9)',
    'N!',
    'random()',
    'bignumber(1)',
    'N; D',
    'N\nD',
    "N'",
    'true',
    '1e999',
    'N > 1',
    'N + (D > 1)',
    'min()',
    'exp(1, 2)',
    '2 kg',
    'x',
    '',
    ' ',
    '1 +',
    '((1)',
    '# comment',
    'i',
    'pi',
    'Infinity',
    'NaN',
    'process.exit()',
    '\u0000',
    'if (1) 2',
    'N ? D : 1',
    'N ?? D',
    'N % 2',
    'N mod 2',
    'N to D',
    'N | D',
    '~N',
    'N << 2',
    'N .* D',
    `${'('.repeat(249)}1${')'.repeat(249)}x`,
    'N^'.repeat(249),
    `${'-'.repeat(499)}1`,
    `1${'+1'.repeat(150)}`,
    `${'1+'.repeat(1e6)}1`,
  ])('%j', text => {
    const compiled = compileExpression(text, ['N', 'D'], 'number');
    if (!('message' in compiled)) throw new Error(`compiled to ${compiled.evaluate([1, 2])}`);
    expect(compiled.message).not.toBe('');
    expect(compiled.hint).not.toBe('');
  });
});

test('any text is compiled to a number or refused, and never throws', () => {
  const word = fc.constantFrom(
    ...'N D ( ) + - * / ^ , . 1 2e9 exp log import [ ] { } " = : ; ? < > and not f'.split(' '),
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word, {maxLength: 30}).map(words => words.join(' ')),
  );
  fc.assert(
    fc.property(text, candidate => {
      const compiled = compileExpression(candidate, ['N', 'D'], 'number');
      if ('message' in compiled) expect(compiled.hint).not.toBe('');
      else expect(compiled.evaluate([2, 3])).toBeTypeOf('number');
    }),
    {numRuns: 500},
  );
});

test('a number where a condition is wanted is refused', () => {
  expect(compileExpression('n', ['n'], 'condition')).toMatchObject({
    message: expect.stringMatching(/condition/),
  });
});
