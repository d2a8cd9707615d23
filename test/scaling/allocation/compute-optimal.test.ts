import fc from 'fast-check';
import {expect, test} from 'vitest';
import {computeOptimal} from '../../../src/scaling/allocation/compute-optimal.js';
import {lossOf} from '../../../src/scaling/loss/loss-law.js';
import {lossLaws} from '../../../src/scaling/loss/loss-laws.js';

const {besiroglu, hoffmann} = lossLaws;

// At the compute of Chinchilla: 32 B, 40 B and 72 B parameters by the three sets of digits.
test.each([
  ['hoffmann-printed', 32e9, 93],
  ['hoffmann', 40e9, 59],
  ['besiroglu', 72e9, 18.4],
] as const)('%s divides 5.76e23 FLOP into %d parameters', (name, parameters, ratio) => {
  const best = computeOptimal(lossLaws[name], 5.76e23);
  expect(Math.abs(best.parameters / parameters - 1)).toBeLessThan(0.02);
  expect(Math.abs(best.tokens / best.parameters / ratio - 1)).toBeLessThan(0.03);
});

test('no other division of the same compute has a lower loss', () => {
  fc.assert(
    fc.property(
      fc.double({min: 18, max: 26, noNaN: true}),
      fc.double({min: 0.2, max: 5, noNaN: true}),
      (power, factor) => {
        for (const law of [besiroglu, hoffmann]) {
          const best = computeOptimal(law, 10 ** power);
          expect((6 * best.parameters * best.tokens) / 10 ** power).toBeCloseTo(1, 9);
          const other = {parameters: best.parameters * factor, tokens: best.tokens / factor};
          expect(lossOf(law, best)).toBeLessThanOrEqual(lossOf(law, other) + 1e-12);
        }
      },
    ),
  );
});
