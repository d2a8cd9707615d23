import fc from 'fast-check';
import {expect, test} from 'vitest';
import {minimize} from '../../../src/scaling/fit/minimize.js';

const options = {maxIterations: 1000, tolerance: 0};

test("finds the bottom of Rosenbrock's valley from the usual start", () => {
  const {point, value, iterations} = minimize(
    ([x = 0, y = 0], gradient) => {
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
      gradient[1] = 200 * (y - x * x);
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    },
    [-1.2, 1],
    options,
  );
  expect(value).toBeLessThan(1e-18);
  expect(point[0]).toBeCloseTo(1, 8);
  expect(point[1]).toBeCloseTo(1, 8);
  expect(iterations).toBeLessThan(60);
});

test('finds the minimum of any convex quadratic', () => {
  const numbers = (bound: number) =>
    fc.array(fc.double({min: -bound, max: bound, noNaN: true}), {minLength: 4, maxLength: 4});
  const scales = fc.array(fc.double({min: 0.01, max: 100, noNaN: true}), {minLength: 4, maxLength: 4});
  fc.assert(
    fc.property(numbers(10), numbers(10), scales, (center, start, scale) => {
      const {point} = minimize(
        (at, gradient) =>
          at.reduce((sum, x, i) => {
            gradient[i] = 2 * scale[i]! * (x - center[i]!);
            return sum + scale[i]! * (x - center[i]!) ** 2;
          }, 0),
        start,
        options,
      );
      for (const [i, x] of point.entries()) expect(Math.abs(x - center[i]!)).toBeLessThan(1e-5);
    }),
  );
});

test('turns back from where the function is not finite', () => {
  const {point} = minimize(
    ([x = 0], gradient) => {
      gradient[0] = 1 - 1 / x;
      return x - Math.log(x);
    },
    [1e-3],
    options,
  );
  expect(point[0]).toBeCloseTo(1, 6);
});

test('stays where nothing goes down', () => {
  const flat = (value: number) => (_: Float64Array, gradient: Float64Array) => {
    gradient.fill(0);
    return value;
  };
  expect(minimize(flat(1), [3], options)).toMatchObject({value: 1, iterations: 0});
  expect(minimize(flat(Number.NaN), [3], options).iterations).toBe(0);
});
