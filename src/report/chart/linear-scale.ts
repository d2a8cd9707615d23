/** A linear axis. */
export interface LinearScale {
  readonly low: number;
  readonly high: number;
  /** Round values from low to high. */
  readonly ticks: readonly number[];
  /** Decimals that distinguish the ticks. */
  readonly digits: number;
}

/** Free space on both sides, as a share of the range. */
const margin = 0.05;
const mostTicks = 6;

/** An axis that holds all values; null where there is none. */
export function linearScale(values: readonly number[]): LinearScale | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const range = most - least || Math.abs(most) || 1;
  const [low, high] = [least - margin * range, most + margin * range];
  const step = roundStep((high - low) / mostTicks);
  const ticks: number[] = [];
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  // Parsed, so that a tick is 2.1 and not a sum next to it.
  for (let i = Math.ceil(low / step); i * step <= high; i += 1)
    ticks.push(Number((i * step).toFixed(digits)));
  return {low, high, ticks, digits};
}

/** The next of 1, 2, 5 and 10 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return (([1, 2, 5].find(step => step * power >= least) ?? 10) * power) as number;
}

/** Position of a value: 0 at the low end, 1 at the high one. */
export function placeOnLinear({low, high}: LinearScale, value: number): number {
  return (value - low) / (high - low);
}
