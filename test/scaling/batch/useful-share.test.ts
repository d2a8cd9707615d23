import fc from 'fast-check';
import {expect, test} from 'vitest';
import {batchFit, usefulTokens} from '../../../src/scaling/batch/useful-share.js';

const lengths = fc.double({min: 9, max: 13, noNaN: true}).map(power => 10 ** power);

test('the best batch keeps every token, and no other does', () => {
  fc.assert(
    fc.property(lengths, fc.double({min: -4, max: 4, noNaN: true}), (tokens, octaves) => {
      const {best} = batchFit({tokens, batch: 1});
      expect(batchFit({tokens, batch: best}).usefulShare).toBe(1);
      const {usefulShare} = batchFit({tokens, batch: best * 2 ** octaves});
      expect(usefulShare).toBeLessThanOrEqual(1);
      expect(batchFit({tokens, batch: best * 2 ** (2 * octaves)}).usefulShare).toBeLessThanOrEqual(
        usefulShare,
      );
    }),
  );
});

// Schaipp et al. 2026: half to twice the best batch costs about 5 % of the compute.
test('half of the best batch costs 5 %', () => {
  const {best} = batchFit({tokens: 1e11, batch: 1});
  expect(1 / batchFit({tokens: 1e11, batch: best / 2}).usefulShare).toBeCloseTo(1.05, 12);
});

// Power Lines: at the critical batch a loss takes twice the fewest tokens.
test('at the critical batch a little more than half of the tokens count', () => {
  const {critical} = batchFit({tokens: 1e11, batch: 1});
  const {usefulShare} = batchFit({tokens: 1e11, batch: critical});
  expect(usefulShare).toBeGreaterThan(0.5);
  expect(usefulShare).toBeLessThan(0.6);
});

test('tokens and steps to a loss lie on the hyperbola of the critical batch', () => {
  const positive = fc.double({min: 1e3, max: 1e12, noNaN: true});
  fc.assert(
    fc.property(positive, positive, positive, (tokens, batch, critical) => {
      const useful = usefulTokens(tokens, batch, critical);
      const fewestSteps = useful / critical;
      const [steps, excess] = [tokens / batch / fewestSteps - 1, tokens / useful - 1];
      expect(steps * excess).toBeCloseTo(1, 4);
    }),
  );
  expect(usefulTokens(10, 3, 3)).toBe(5);
});
