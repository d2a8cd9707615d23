import {expect, test} from 'vitest';
import {meanAbsolute, stepErrors, worst} from './predict.js';

test('Korthikanti 2022 Table 5: eight step times with one profile, mean within 3 %, worst within 6 %', async () => {
  const errors = await stepErrors('korth22', 'selene-a100-80gb', 'megatron-lm-2021');
  expect(errors).toHaveLength(8);
  expect(meanAbsolute(errors)).toBeLessThan(0.03);
  expect(worst(errors)).toBeLessThan(0.06);
});

test('Narayanan 2021 Table 1: ten step times with the same profile, mean within 6 %', async () => {
  const errors = await stepErrors('sc21t1', 'selene-a100-80gb', 'megatron-lm-2021');
  expect(errors).toHaveLength(10);
  expect(meanAbsolute(errors)).toBeLessThan(0.06);
});
