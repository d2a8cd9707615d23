/** What a user's formula may contain, by mathjs' names. */
type Operation = (...values: number[]) => number;

const nan = Number.NaN;

export const operators: Readonly<Record<string, Operation>> = {
  add: (a = nan, b = nan) => a + b,
  subtract: (a = nan, b = nan) => a - b,
  multiply: (a = nan, b = nan) => a * b,
  divide: (a = nan, b = nan) => a / b,
  pow: (a = nan, b = nan) => a ** b,
  unaryMinus: (a = nan) => -a,
  unaryPlus: (a = nan) => a,
};

export const comparisons: Readonly<Record<string, Operation>> = {
  smaller: (a = nan, b = nan) => Number(a < b),
  smallerEq: (a = nan, b = nan) => Number(a <= b),
  larger: (a = nan, b = nan) => Number(a > b),
  largerEq: (a = nan, b = nan) => Number(a >= b),
  equal: (a = nan, b = nan) => Number(a === b),
  unequal: (a = nan, b = nan) => Number(a !== b),
};

/** Over conditions, which are 1 or 0. */
export const conditions: Readonly<Record<string, Operation>> = {
  and: (a = 0, b = 0) => a * b,
  or: (a = 0, b = 0) => Math.max(a, b),
  not: (a = 0) => 1 - a,
};

export const functions: Readonly<
  Record<string, {readonly takes: readonly [fewest: number, most: number]; readonly of: Operation}>
> = {
  exp: {takes: [1, 1], of: (x = nan) => Math.exp(x)},
  log: {takes: [1, 1], of: (x = nan) => Math.log(x)},
  log2: {takes: [1, 1], of: (x = nan) => Math.log2(x)},
  log10: {takes: [1, 1], of: (x = nan) => Math.log10(x)},
  sqrt: {takes: [1, 1], of: (x = nan) => Math.sqrt(x)},
  abs: {takes: [1, 1], of: (x = nan) => Math.abs(x)},
  min: {takes: [1, Infinity], of: Math.min},
  max: {takes: [1, Infinity], of: Math.max},
};
