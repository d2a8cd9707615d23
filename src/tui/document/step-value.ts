/** Values that an arrow key steps through. */
export type Series = 'doubling' | 'decades';

const amount = /^([^\d.]*)(\d[\d,]*(?:\.\d+)?)(e\+?\d+)?(.*)$/i;

/** Leading digits of round values within a decade. */
const mantissas = [1, 1.5, 2, 3, 5, 7];

/**
 * The next round value up or down, in the unit that `text` is written in: `300e9` to `500e9`, `64` to
 * `128`. Null for a text without a number.
 */
export function stepValue(text: string, direction: 1 | -1, series: Series): string | null {
  const [, before, digits, exponent = '', unit] = amount.exec(text.trim()) ?? [];
  if (before === undefined || digits === undefined || unit === undefined) return null;
  const value = Number(digits.replaceAll(',', ''));
  const next = series === 'doubling' ? doubled(value, direction) : nextRound(value, direction);
  return `${before}${next}${exponent}${unit}`;
}

/** Halves only what is even, so that what was divided comes back. */
function doubled(value: number, direction: 1 | -1): number {
  if (direction === 1) return value * 2;
  if (value <= 1) return value;
  return value % 2 === 0 ? value / 2 : 2 ** Math.floor(Math.log2(value));
}

function nextRound(value: number, direction: 1 | -1): number {
  if (value <= 0) return value;
  const decade = Math.floor(Math.log10(value));
  const candidates = [-1, 0, 1].flatMap(further => mantissas.map(digit => parsed(digit, decade + further)));
  const next =
    direction === 1
      ? candidates.find(candidate => candidate > value * 1.0001)
      : candidates.findLast(candidate => candidate < value * 0.9999);
  return next ?? value;
}

/** A round value. Parsed, because 3 x 0.1 is not 0.3. */
function parsed(digit: number, exponent: number): number {
  return Number(`${digit}e${exponent}`);
}
