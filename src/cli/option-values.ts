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

/** Text of an option as a share: `20%`, `20 %` or `0.2`. */
export function share(text: string): number {
  const {number, percent} = /^(?<number>\d+(?:\.\d+)?)\s*(?<percent>%)?$/.exec(text)?.groups ?? {};
  const value = Number(number) / (percent === undefined ? 1 : 100);
  if (!(value > 0)) throw new InvalidArgumentError('Write a share above 0, such as 20% or 0.2.');
  return value;
}
