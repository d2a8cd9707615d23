import * as z from 'zod';
import {type DimensionName, dimensions} from '../../units/dimension.js';
import {suggestion} from '../nearest-word.js';
import {kindOf} from '../quantity/describe-value.js';
import {type Bounds, countedIn, parseQuantity} from '../quantity/parse-quantity.js';

/**
 * The kinds of field that files are made of, each of which reads, checks and describes itself in the
 * JSON schema. What zod finds wrong is put into words by `describe-issue.ts`.
 */

/** A map with exactly these keys. Its zod message lists them, for suggestions; see `describe-issue.ts`. */
export function fields<const Shape extends z.core.$ZodShape>(shape: Shape) {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, {error: issue => (issue.code === 'unrecognized_keys' ? known : undefined)});
}

/** A number or a text with a unit, as a number in the dimension's base unit. */
export function quantity(dimension: DimensionName, bounds: Bounds = {sign: 'positive'}) {
  return z
    .unknown()
    .transform((input, context) => checked(input, dimension, bounds, context))
    .meta(describeQuantity(dimension, bounds));
}

/** A quantity, or one of some words that stand for a choice, such as `auto`. */
export function quantityOr<const Word extends string>(
  words: readonly Word[],
  dimension: DimensionName,
  bounds: Bounds,
) {
  return z
    .unknown()
    .transform(async (input, context): Promise<Word | number> => {
      const known = words.find(candidate => candidate === input);
      if (known !== undefined) return known;
      if (typeof input !== 'string' || !/^[A-Za-z]/.test(input))
        return checked(input, dimension, bounds, context);
      const hint = `${suggestion(input, words)}, or ${dimensions[dimension].noun}`;
      context.issues.push({code: 'custom', message: `unknown value ${kindOf(input)}`, input, params: {hint}});
      return z.NEVER;
    })
    .meta({anyOf: [{enum: [...words]}, describeQuantity(dimension, bounds)]});
}

export const wholeNumber = (sign: Bounds['sign'] = 'positive', maximum?: number) =>
  quantity('count', {sign, whole: true, ...(maximum === undefined ? {} : {maximum})});

/** A batch as it is stated: a count of sequences, or `{tokens}`. */
export type StatedBatch = number | {readonly tokens: number};

/** Sequences, or tokens where the text names them. */
export function batch() {
  return z
    .unknown()
    .transform(async (input, context): Promise<StatedBatch> => {
      if (countedIn(input) !== 'tokens') return checked(input, 'count', sequences, context);
      return {tokens: await checked(input, 'count', {sign: 'positive', counted: 'tokens'}, context)};
    })
    .meta(describeQuantity('count', sequences));
}

const sequences: Bounds = {sign: 'positive', whole: true, counted: 'sequences'};

/** A count of tokens, which the text may name. */
export const tokenCount = () => quantity('count', {sign: 'positive', counted: 'tokens'});

/** 0 to 1. */
export const fraction = () => quantity('fraction', {sign: 'not negative', maximum: 1});

export const word = <const Words extends readonly [string, ...string[]]>(words: Words) => z.enum(words);
export const flag = () => z.boolean();
export const text = () => z.string().check(z.minLength(1));

async function checked(
  input: unknown,
  dimension: DimensionName,
  bounds: Bounds,
  context: z.core.$RefinementCtx,
): Promise<number> {
  const parsed = await parseQuantity(input, dimension, bounds);
  if ('value' in parsed) return parsed.value;
  const {message, hint} = parsed.problem;
  context.issues.push({code: 'custom', message, input, params: {hint}});
  return z.NEVER;
}

function describeQuantity(dimension: DimensionName, {sign, whole, maximum}: Bounds) {
  const {noun, unit, example} = dimensions[dimension];
  const upTo = maximum === undefined ? {} : {maximum};
  const bounds = {...(sign === 'positive' ? {exclusiveMinimum: 0} : {minimum: 0}), ...upTo};
  if (whole === true) return {type: ['integer', 'string'] as const, ...bounds};
  if (unit === '') return {type: ['number', 'string'] as const, ...bounds};
  const description = `${noun}, such as ${example}; a bare number is in ${unit}`;
  return {type: ['number', 'string'] as const, description, ...bounds};
}
