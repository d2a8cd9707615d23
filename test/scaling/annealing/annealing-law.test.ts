import {expect, test} from 'vitest';
import {annealingCurve, tissue} from '../../../src/scaling/annealing/annealing-law.js';

const steps = 2000;
const constant = new Float64Array(steps).fill(1e-3);
/** Constant, then down to nothing over the last fifth. */
const decayed = constant.map((rate, i) => rate * Math.min(1, (steps - i) / (steps / 5)));

test('three steps by hand', () => {
  const law = {...tissue, L0: 1, A: 2, alpha: 1, C: 3, decay: 0.5};
  // Sums of rates 4, 6, 7; momenta 0, 2, 0.5 x 2 + 1 = 2; their sums 0, 2, 4.
  expect([...annealingCurve(law, [4, 2, 1])]).toEqual([1 + 2 / 4, 1 + 2 / 6 - 6, 1 + 2 / 7 - 12]);
});

test('the loss falls at a constant rate, and further once the rate falls', () => {
  const flat = annealingCurve(tissue, constant);
  const annealed = annealingCurve(tissue, decayed);
  for (let i = 1; i < steps; i++) expect(flat[i]).toBeLessThan(flat[i - 1]!);
  expect(annealed[steps / 2]).toBe(flat[steps / 2]);
  expect(annealed[steps - 1]).toBeLessThan(flat[steps - 1]!);
});
