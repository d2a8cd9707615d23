import fc from 'fast-check';
import {expect, test} from 'vitest';
import {tokensAtBatch, usefulTokens, zhangCriticalBatch} from '../../../src/scaling/batch/critical-batch.js';

const positive = fc.double({min: 1e3, max: 1e12, noNaN: true});

test('steps and tokens lie on the hyperbola', () => {
  fc.assert(
    fc.property(positive, positive, positive, (fewestTokens, batch, critical) => {
      const tokens = tokensAtBatch(fewestTokens, batch, critical);
      const fewestSteps = fewestTokens / critical;
      const [steps, excess] = [tokens / batch / fewestSteps - 1, tokens / fewestTokens - 1];
      expect(steps * excess).toBeCloseTo(1, 4);
      expect(usefulTokens(tokens, batch, critical) / fewestTokens).toBeCloseTo(1, 10);
    }),
  );
});

test('at the critical batch it takes twice the tokens', () => expect(tokensAtBatch(5, 3, 3)).toBe(10));

test('a measured critical batch grows with the power 0.462 of the tokens', () => {
  expect(zhangCriticalBatch({tokens: 1e9, batch: 1e6}, 1e9)).toBe(1e6);
  expect(zhangCriticalBatch({tokens: 1e9, batch: 1e6}, 1e11)).toBeCloseTo(1e6 * 100 ** 0.462, 3);
});
