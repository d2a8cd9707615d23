import {InvalidArgumentError} from 'commander';

/** Text of an option as a whole number that is not negative. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number, such as 3.');
  return Number(text);
}

/** Text of an option as a whole number above zero. */
export function positiveWholeNumber(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('Write a number above 0.');
  return value;
}
