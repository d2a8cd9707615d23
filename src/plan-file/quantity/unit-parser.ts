import {createUnitClass} from 'mathjs';

/**
 * The unit class of mathjs over plain numbers, with the units of this field added.
 *
 * Only the class's own factory is used, fed with number arithmetic: the whole of mathjs costs 600 ms
 * of start-up from its many files and still 100 ms bundled, this one 20 ms bundled (node 20).
 */
interface Unit {
  readonly dimensions: readonly number[];
  toNumber(unit: string): number;
  equalBase(other: Unit): boolean;
}

interface UnitClass {
  parse(text: string): Unit;
  isValuelessUnit(name: string): boolean;
  createUnit(units: Readonly<Record<string, UnitDefinition>>, options: {readonly override: boolean}): void;
}

interface UnitDefinition {
  readonly definition?: string;
  readonly prefixes: 'none' | 'short' | 'long' | 'binary_short';
}

// The package exports this factory, its type declarations leave it out.
declare module 'mathjs' {
  function createUnitClass(dependencies: Readonly<Record<string, unknown>>): UnitClass;
}

/** Ratios of temperature units; mathjs builds them on start whether they are used or not. */
class Ratio {
  constructor(
    readonly numerator: number,
    readonly denominator: number,
  ) {}
}
class Unused {}

const units = createUnitClass({
  config: {number: 'number', predictable: false},
  addScalar: (a: number, b: number) => a + b,
  subtractScalar: (a: number, b: number) => a - b,
  multiplyScalar: (a: number, b: number) => a * b,
  divideScalar: (a: number, b: number) => a / b,
  pow: Math.pow,
  abs: Math.abs,
  fix: Math.trunc,
  round: Math.round,
  equal: (a: number, b: number) => a === b,
  isNumeric: (x: unknown) => typeof x === 'number',
  format: String,
  number: Number,
  Complex: Unused,
  BigNumber: Unused,
  Fraction: Ratio,
});

units.createUnit(
  {
    FLOP: {prefixes: 'short'},
    USD: {prefixes: 'short'},
    FLOPS: {definition: '1 FLOP/s', prefixes: 'short'},
    bit: {definition: '1 b', prefixes: 'binary_short'},
  },
  {override: true},
);

/** A number with its unit, or null where `text` is not one that mathjs reads. */
export function parseUnit(text: string): Unit | null {
  try {
    return units.parse(text);
  } catch (error) {
    // mathjs throws SyntaxError for every text it cannot read; the caller reports it.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function isUnit(name: string): boolean {
  return units.isValuelessUnit(name);
}
