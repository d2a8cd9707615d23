/** A logarithmic axis. */
export interface LogScale {
  readonly low: number;
  readonly high: number;
  /** Round values from low to high. */
  readonly ticks: readonly number[];
}

/** Free space on both sides, as a share of the logarithmic range. */
const margin = 0.03;
/** A single value gets an axis of a decade around it. */
const smallestRange = Math.SQRT2;
/** Number of decades above which powers of ten suffice as ticks. */
const manyDecades = 1.5;

/** An axis that holds all values; null where none is above zero. */
export function logScale(values: readonly number[]): LogScale | null {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (most === 0) return null;
  const range = Math.max(most / least, smallestRange);
  const middle = Math.sqrt(least * most);
  const half = Math.sqrt(range) * range ** margin;
  const low = middle / half;
  const high = middle * half;
  return {low, high, ticks: ticksBetween(low, high)};
}

/** Position of a value: 0 at the low end, 1 at the high one. */
export function placeOn({low, high}: LogScale, value: number): number {
  return Math.log(value / low) / Math.log(high / low);
}

function ticksBetween(low: number, high: number): readonly number[] {
  const steps = Math.log10(high / low) >= manyDecades ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.ceil(Math.log10(high)); exponent += 1) {
    // Parsed, so that a tenth is 0.1 and not a product next to it.
    for (const step of steps) ticks.push(Number(`${step}e${exponent}`));
  }
  return ticks.filter(tick => tick >= low && tick <= high);
}
