import {type DimensionName, dimensions} from '../../units/dimension.js';
import {kindOf, shorten} from './describe-value.js';
import {respell, unitFault} from './unit-spelling.js';

/** What a number must satisfy besides being finite. */
export interface Bounds {
  readonly sign: 'positive' | 'not negative';
  readonly whole?: boolean;
  readonly maximum?: number;
  /** What is counted: a text that names another thing is refused. Absent: no name is taken. */
  readonly counted?: CountedThing;
}

/** Things that a text may count, as in `4 M tokens`. */
const countedThings = ['tokens', 'parameters', 'sequences'] as const;
export type CountedThing = (typeof countedThings)[number];

/** What a text counts, such as the tokens of `4 M tokens`; null where it names nothing. */
export function countedIn(input: unknown): CountedThing | null {
  const last = typeof input === 'string' ? input.trim().split(/\s+/).at(-1) : undefined;
  return countedThings.find(thing => thing === last) ?? null;
}

/** What is wrong with a value and what to do about it. */
export interface Fault {
  readonly message: string;
  readonly hint: string;
}

export type Parsed = {readonly value: number} | {readonly problem: Fault};

/**
 * Text or number to a number in the base unit of `dimension`.
 *
 * Asynchronous because the unit parser is loaded only when a text with a unit is met.
 */
export async function parseQuantity(
  input: unknown,
  dimension: DimensionName,
  bounds: Bounds,
): Promise<Parsed> {
  if (typeof input === 'number') return checkNumber(input, String(input), bounds);
  if (typeof input !== 'string') return problem(wrongKind(input, dimension), wish(dimension, bounds));
  const text = input.trim();
  if (text === '') return problem('is empty', wish(dimension, bounds));
  const bare = parseBareNumber(text);
  if (bare !== null) return checkNumber(bare, text, bounds);
  const thing = dimension === 'count' ? countedIn(text) : null;
  if (thing !== null && thing !== bounds.counted) {
    const wanted = bounds.counted === undefined ? 'a plain number' : `a number of ${bounds.counted}`;
    return problem(
      `${shorten(text)} is a number of ${thing}, but ${wanted} is wanted`,
      wish(dimension, bounds),
    );
  }
  const multiple = dimensions[dimension].unit === '' ? parseMultiple(text, dimension) : null;
  if (multiple !== null) return checkNumber(multiple, text, bounds);
  return parseWithUnit(text, dimension, bounds);
}

function checkNumber(value: number, shown: string, bounds: Bounds): Parsed {
  const hint = `give a ${bounds.whole === true ? 'whole ' : ''}number${bounds.sign === 'positive' ? ' above 0' : ', 0 or more'}`;
  if (Number.isNaN(value)) return problem('NaN is not a number', hint);
  if (!Number.isFinite(value)) return problem(`${shown} is not a finite number`, hint);
  if (value < 0) return problem(`${shown} is negative`, hint);
  if (value === 0 && bounds.sign === 'positive') return problem(`${shown} is zero`, hint);
  if (bounds.whole === true && !Number.isInteger(value))
    return problem(`${shown} is not a whole number`, hint);
  if (bounds.maximum !== undefined && value > bounds.maximum) {
    return problem(`${shown} is above ${bounds.maximum}`, `give at most ${bounds.maximum}`);
  }
  return {value};
}

/** A number without unit; underscores between digits are let through. */
function parseBareNumber(text: string): number | null {
  if (/^[+-]?\.?nan$/i.test(text)) return Number.NaN;
  if (/^[+-]?(\.?inf|infinity)$/i.test(text)) return Number.POSITIVE_INFINITY;
  if (!/^[+-]?(\d[\d_]*\.?[\d_]*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  return Number(text.replaceAll('_', ''));
}

const multiples = new Map([
  ...(['tokens', 'parameters', 'sequences'] as const).map(word => [word, 1] as const),
  ...(['k', 'K', 'thousand'] as const).map(word => [word, 1e3] as const),
  ...(['M', 'million'] as const).map(word => [word, 1e6] as const),
  ...(['B', 'G', 'billion'] as const).map(word => [word, 1e9] as const),
  ...(['T', 'trillion'] as const).map(word => [word, 1e12] as const),
  ['%', 0.01],
]);

/** `300 B`, `1.5 T tokens`, `175 billion`, `85 %`; null for any other text. */
function parseMultiple(text: string, dimension: DimensionName): number | null {
  const match = /^([+-]?[\d._]+(?:e[+-]?\d+)?)\s*([A-Za-z]+|%)(?:\s+(?:tokens|parameters|sequences))?$/i.exec(
    text,
  );
  const number = parseBareNumber(match?.[1] ?? '');
  const word = match?.[2] ?? '';
  const multiple = multiples.get(word);
  if (number === null || multiple === undefined || (word === '%') !== (dimension === 'fraction')) return null;
  return roundOff(number * multiple);
}

async function parseWithUnit(text: string, dimension: DimensionName, bounds: Bounds): Promise<Parsed> {
  const {noun, unit} = dimensions[dimension];
  const notOne = problem(`"${shorten(text)}" is not ${noun}`, wish(dimension, bounds));
  const spelled = respell(text);
  if (!/^[+-]?\.?\d/.test(spelled)) return notOne;
  const {parseUnit, isUnit} = await import('./unit-parser.js');
  const fault = unitFault(spelled, text, isUnit);
  if (fault !== null) return {problem: fault};
  const quantity = parseUnit(spelled);
  if (quantity === null) return notOne;
  const isA = (base: string) => base !== '' && parseUnit(`1 ${base}`)?.equalBase(quantity) === true;
  if (isA(unit)) return checkNumber(roundOff(quantity.toNumber(unit)), text, bounds);
  const actual = Object.values(dimensions).find(other => isA(other.unit));
  if (actual === undefined) return notOne;
  return problem(`${shorten(text)} is ${actual.noun}, but ${noun} is wanted`, wish(dimension, bounds));
}

/** 5 us is 5e-6 s, not 4.9999999999999996e-6: a conversion factor adds no digits that the text did not have. */
function roundOff(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

function wrongKind(input: unknown, dimension: DimensionName): string {
  if (input === undefined) return 'is missing';
  if (input === null) return 'has no value';
  return `${dimensions[dimension].noun} is wanted, not ${kindOf(input)}`;
}

/** What to write where a value of this dimension is wanted. */
function wish(dimension: DimensionName, bounds: Bounds): string {
  if (bounds.whole === true) return 'write a whole number';
  if (dimension === 'count') return 'write a number such as 300e9 or 300 B';
  return `write ${dimensions[dimension].noun} such as ${dimensions[dimension].example}`;
}

function problem(message: string, hint: string): Parsed {
  return {problem: {message, hint}};
}
