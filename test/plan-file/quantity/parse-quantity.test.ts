import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Bounds, parseQuantity} from '../../../src/plan-file/quantity/parse-quantity.js';
import type {DimensionName} from '../../../src/units/dimension.js';

const positive: Bounds = {sign: 'positive'};

const GiB = 2 ** 30;
const right: [string | number, DimensionName, number][] = [
  ['200 Gbit/s', 'bandwidth', 25e9],
  ['400 Gbps', 'bandwidth', 50e9],
  ['25 GBps', 'bandwidth', 25e9],
  ['25 GB/s', 'bandwidth', 25e9],
  ['900GB/s', 'bandwidth', 900e9],
  ['3.35 TB/s', 'bandwidth', 3.35e12],
  ['64 GiB', 'bytes', 64 * GiB],
  ['80 GB', 'bytes', 80e9],
  ['1 PiB', 'bytes', 2 ** 50],
  ['8 bit', 'bytes', 1],
  ['30 days', 'time', 30 * 86_400],
  ['50000 hours', 'time', 1.8e8],
  ['50_000 hours', 'time', 1.8e8],
  ['1.2 us', 'time', 1.2e-6],
  ['1.2 \u00b5s', 'time', 1.2e-6],
  ['1.2 \u03bcs', 'time', 1.2e-6],
  ['5 us', 'time', 5e-6],
  ['90 min', 'time', 5400],
  ['2.5e-3', 'time', 2.5e-3],
  [30, 'time', 30],
  ['191.5 TFLOP/s', 'flopRate', 191.5e12],
  ['989 TFLOPS', 'flopRate', 989e12],
  ['1e24 FLOP', 'flop', 1e24],
  ['700 W', 'power', 700],
  ['1.5 GWh', 'energy', 5.4e12],
  ['$2.5/hour', 'price', 2.5 / 3600],
  ['2.5 USD/hour', 'price', 2.5 / 3600],
  ['2e6 USD', 'money', 2e6],
  ['$2.5M', 'money', 2.5e6],
  ['$ 830', 'money', 830],
  ['36 g/kWh', 'carbonIntensity', 1e-8],
  ['0.36 USD/kWh', 'energyPrice', 1e-7],
  ['300 B', 'count', 300e9],
  ['1.1 B', 'count', 1.1e9],
  ['2 T tokens', 'count', 2e12],
  ['175 billion', 'count', 175e9],
  ['300e9', 'count', 300e9],
  ['85 %', 'fraction', 0.85],
  ['.5', 'fraction', 0.5],
];

test.each(right)('%s as %s is %d', async (text, dimension, value) => {
  const bounds = String(text).endsWith(' tokens') ? {...positive, counted: 'tokens' as const} : positive;
  const parsed = await parseQuantity(text, dimension, bounds);
  expect('value' in parsed ? parsed.value : parsed.problem).toBeCloseTo(
    value,
    12 - Math.ceil(Math.log10(value)),
  );
});

test('conversion adds no digits that the text did not have', async () => {
  expect(await parseQuantity('5 us', 'time', positive)).toEqual({value: 5e-6});
  expect(await parseQuantity('1.1 B', 'count', {...positive, whole: true})).toEqual({value: 1_100_000_000});
});

const wrong: [unknown, DimensionName, string][] = [
  ['25 GB/s', 'time', '25 GB/s is a bandwidth, but a time is wanted (write a time such as 30 days)'],
  [
    '989 TFLOP',
    'flopRate',
    '989 TFLOP is an amount of FLOP, but a FLOP rate is wanted (write a FLOP rate such as 989 TFLOP/s)',
  ],
  ['30 m', 'time', '"30 m" is not a time (write a time such as 30 days)'],
  ['30 days', 'count', '30 days is a time, but a count is wanted (write a number such as 300e9 or 300 B)'],
  ['25 gb/s', 'bandwidth', 'unknown unit gb in "25 gb/s" (did you mean GB?)'],
  ['30 dyas', 'time', 'unknown unit dyas in "30 dyas" (did you mean days?)'],
  ['1 KB', 'bytes', 'unknown unit KB in "1 KB" (did you mean kB?)'],
  [
    '3 zorkmids',
    'money',
    'unknown unit zorkmids in "3 zorkmids" (units are such as GB/s, GiB, days, USD/hour)',
  ],
  ['200 Gb/s', 'bandwidth', 'Gb in "200 Gb/s" may mean bits or bytes (write Gbit or GB)'],
  ['8 Gib', 'bytes', 'Gib in "8 Gib" may mean bits or bytes (write Gibit or GiB)'],
  ['8 b', 'bytes', 'b in "8 b" may mean bits or bytes (write bit or B)'],
  ['soon', 'time', '"soon" is not a time (write a time such as 30 days)'],
  ['1 hour 30 min', 'time', '"1 hour 30 min" is not a time (write a time such as 30 days)'],
  ['', 'time', 'is empty (write a time such as 30 days)'],
  ['-5 days', 'time', '-5 days is negative (give a number above 0)'],
  [-5, 'time', '-5 is negative (give a number above 0)'],
  ['0 GB/s', 'bandwidth', '0 GB/s is zero (give a number above 0)'],
  [Number.NaN, 'time', 'NaN is not a number (give a number above 0)'],
  ['NaN', 'time', 'NaN is not a number (give a number above 0)'],
  [Number.POSITIVE_INFINITY, 'time', 'Infinity is not a finite number (give a number above 0)'],
  ['Infinity', 'time', 'Infinity is not a finite number (give a number above 0)'],
  ['1e400', 'count', '1e400 is not a finite number (give a number above 0)'],
  ['1e400 s', 'time', '1e400 s is not a finite number (give a number above 0)'],
  ['1e308 years', 'time', '1e308 years is not a finite number (give a number above 0)'],
  [undefined, 'time', 'is missing (write a time such as 30 days)'],
  [null, 'time', 'has no value (write a time such as 30 days)'],
  [true, 'time', 'a time is wanted, not true (write a time such as 30 days)'],
  [[1], 'time', 'a time is wanted, not a list (write a time such as 30 days)'],
  [{a: 1}, 'time', 'a time is wanted, not a map (write a time such as 30 days)'],
];

test.each(wrong)('%s as %s: %s', async (input, dimension, expected) => {
  const parsed = await parseQuantity(input, dimension, positive);
  expect('problem' in parsed ? `${parsed.problem.message} (${parsed.problem.hint})` : parsed.value).toBe(
    expected,
  );
});

test('whole numbers and fractions are held to their bounds', async () => {
  const whole: Bounds = {sign: 'positive', whole: true};
  expect(await parseQuantity(4.5, 'count', whole)).toEqual({
    problem: {message: '4.5 is not a whole number', hint: 'give a whole number above 0'},
  });
  expect(await parseQuantity(1.2, 'fraction', {sign: 'not negative', maximum: 1})).toEqual({
    problem: {message: '1.2 is above 1', hint: 'give at most 1'},
  });
});

test('any text is answered with a finite number or a problem, never with an exception', async () => {
  const piece = fc.constantFrom(
    '1',
    '2.5',
    'e3',
    ' ',
    '/',
    '*',
    '^',
    '(',
    ')',
    'GB',
    'Gb',
    's',
    'USD',
    '$',
    '%',
    '-',
    'x',
    '.',
    '_',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(piece, {maxLength: 8}).map(pieces => pieces.join('')),
  );
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.constantFrom<DimensionName>('time', 'bandwidth', 'count', 'price'),
      async (text, dimension) => {
        const parsed = await parseQuantity(text, dimension, positive);
        if ('value' in parsed) expect(Number.isFinite(parsed.value) && parsed.value > 0).toBe(true);
        else expect(parsed.problem.message).not.toBe('');
      },
    ),
    {numRuns: 500},
  );
});
