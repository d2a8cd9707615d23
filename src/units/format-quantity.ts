/**
 * The one place where numbers become text.
 *
 * Three significant digits unless stated otherwise, trailing zeros dropped, no locale: the same number
 * is the same text on every machine. No value (NaN) and no bound (Infinity) are printed as such.
 */

/** A unit and how many base units it holds. */
interface Step {
  readonly unit: string;
  readonly size: number;
}

/** `value` to `digits` significant digits, without exponent and without trailing zeros. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'n/a';
  if (!Number.isFinite(value)) return value > 0 ? 'unbounded' : '-unbounded';
  if (value === 0) return '0';
  const rounded = round(value, digits);
  const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
  const text = rounded.toFixed(Math.min(100, Math.max(0, digits - 1 - magnitude)));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

const counts: readonly Step[] = [
  {unit: '', size: 1},
  {unit: ' k', size: 1e3},
  {unit: ' M', size: 1e6},
  {unit: ' B', size: 1e9},
  {unit: ' T', size: 1e12},
];

/** Tokens, parameters, samples: `300 B`, `1.3 M`, `640`; whole numbers below 10,000 in full. */
export function formatCount(value: number, digits = 3): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e4) return String(value);
  return scaled(value, counts, digits);
}

/** 1 GB = 1e9 bytes: links, traffic, disks. */
export function formatBytes(value: number, digits = 3): string {
  return scaled(value, metric('B', 'kMGTPE'), digits);
}

/** 1 GiB = 2^30 bytes: memory. */
export function formatBinaryBytes(value: number, digits = 3): string {
  return scaled(value, binaryBytes, digits);
}

const binaryBytes: readonly Step[] = [
  {unit: ' B', size: 1},
  {unit: ' KiB', size: 2 ** 10},
  {unit: ' MiB', size: 2 ** 20},
  {unit: ' GiB', size: 2 ** 30},
  {unit: ' TiB', size: 2 ** 40},
  {unit: ' PiB', size: 2 ** 50},
];

export function formatBandwidth(value: number, digits = 3): string {
  return scaled(value, metric('B/s', 'kMGTPE'), digits);
}

export function formatFlop(value: number, digits = 3): string {
  return scaled(value, metric('FLOP', 'kMGTPEZY'), digits);
}

export function formatFlopRate(value: number, digits = 3): string {
  return scaled(value, metric('FLOP/s', 'kMGTPEZY'), digits);
}

export function formatPower(value: number, digits = 3): string {
  return scaled(value, metric('W', 'kMG'), digits);
}

const JOULES_PER_WATT_HOUR = 3600;

/** Joules as watt-hours, the unit of bills. */
export function formatEnergy(value: number, digits = 3): string {
  return scaled(value / JOULES_PER_WATT_HOUR, metric('Wh', 'kMGT'), digits);
}

const times: readonly Step[] = [
  {unit: ' ns', size: 1e-9},
  {unit: ' us', size: 1e-6},
  {unit: ' ms', size: 1e-3},
  {unit: ' s', size: 1},
  {unit: ' min', size: 60},
  {unit: ' hours', size: 3600},
  {unit: ' days', size: 86_400},
  {unit: ' years', size: 365.25 * 86_400},
];

/** Seconds from which on the unit in the same place of `times` is used: 90 s, 90 min, 40 hours, 61.3 days. */
const timeStarts: readonly number[] = [0, 1e-6, 1e-3, 1, 120, 7200, 172_800, 3 * 365.25 * 86_400];

export function formatSeconds(value: number, digits = 3): string {
  const magnitude = round(Math.abs(value), digits);
  if (magnitude === 0) return '0 s';
  return scaledBy(value, times[timeStarts.findLastIndex(start => magnitude >= start)], digits);
}

const SECONDS_PER_HOUR = 3600;

/** `$2.45 M`, `$830`, `$2.5`; cents only below 100 dollars. */
export function formatUsd(value: number, digits = 3): string {
  const sign = value < 0 ? '-' : '';
  return `${sign}$${formatCount(Math.abs(value), digits)}`;
}

/** Dollars a second as dollars an hour. */
export function formatHourlyPrice(value: number, digits = 3): string {
  return `${formatUsd(value * SECONDS_PER_HOUR, digits)}/hour`;
}

/** Three places: runs that differ by a thousandth stay distinct, and columns line up. */
export function formatLoss(loss: number): string {
  return Number.isFinite(loss) ? loss.toFixed(3) : formatNumber(loss);
}

/** 0.4821 as `48.2 %`. */
export function formatPercent(fraction: number, digits = 3): string {
  return `${formatNumber(fraction * 100, digits)} %`;
}

function metric(unit: string, prefixes: string): Step[] {
  const steps = [...prefixes].map((prefix, i) => ({unit: ` ${prefix}${unit}`, size: 1000 ** (i + 1)}));
  return [{unit: ` ${unit}`, size: 1}, ...steps];
}

/** In the largest unit that leaves at least 1 before the point, after rounding: 999.96 MB is 1 GB. */
function scaled(value: number, steps: readonly Step[], digits: number): string {
  const magnitude = Math.abs(value);
  const step = steps.findLast(({size}) => round(magnitude / size, digits) >= 1);
  return scaledBy(value, step ?? steps[0], digits);
}

function scaledBy(value: number, step: Step | undefined, digits: number): string {
  if (step === undefined || !Number.isFinite(value)) return formatNumber(value, digits);
  return `${formatNumber(value / step.size, digits)}${step.unit}`;
}

function round(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}
