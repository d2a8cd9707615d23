import {formatCount} from '../units/format-quantity.js';
import type {ValidityRange} from './law-facts.js';

/** Why `inputs` are outside the runs that a law was fitted to, a sentence each; empty inside. */
export function outsideRange<Input extends string>(
  range: ValidityRange<Input>,
  inputs: Readonly<Partial<Record<Input, number>>>,
): string[] {
  const names = Object.keys(range.bounds) as Input[];
  if (names.length === 0) return ['the runs that the law was fitted to are not known'];
  return names.flatMap(name => {
    const bounds = range.bounds[name];
    const value = inputs[name];
    if (bounds === undefined || value === undefined) return [];
    const {from, to} = bounds;
    if (value >= from && value <= to) return [];
    const side = value < from ? 'below' : 'above';
    const limit = formatCount(value < from ? from : to);
    return [`${words(name)} of ${formatCount(value)}: ${side} the ${limit} that the law was fitted to`];
  });
}

/** tokensPerParameter as `tokens per parameter`. */
function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}
