import type {TopologyLevel} from './topology.js';

/**
 * Seconds that one device needs to send `bytes` at one level, as power-law pieces:
 * seconds = factor[i] * bytes ** exponent[i] up to bytes upTo[i].
 */
export interface TransferCurve {
  readonly upTo: Float64Array;
  readonly factor: Float64Array;
  readonly exponent: Float64Array;
}

/**
 * Curve of a level's bandwidth and efficiency table.
 *
 * The fraction is interpolated in log-log between the table's points and constant outside of them.
 * A table that would make a longer message faster is a contradiction (the library could pad the
 * shorter one), so the time of a point is at least that of the points before it.
 */
export function transferCurve(level: Pick<TopologyLevel, 'bandwidth' | 'efficiency'>): TransferCurve {
  const points = [...level.efficiency].sort((a, b) => a.bytes - b.bytes);
  const upTo: number[] = [];
  const factor: number[] = [];
  const exponent: number[] = [];
  let before = {bytes: 0, seconds: 0};
  for (const point of points) {
    const seconds = Math.max(point.bytes / (level.bandwidth * point.fraction), before.seconds);
    const steepness =
      before.bytes === 0 ? 1 : Math.log(seconds / before.seconds) / Math.log(point.bytes / before.bytes);
    upTo.push(point.bytes);
    exponent.push(steepness);
    factor.push(seconds / point.bytes ** steepness);
    before = {bytes: point.bytes, seconds};
  }
  upTo.push(Infinity);
  exponent.push(1);
  factor.push(before.bytes === 0 ? 1 / level.bandwidth : before.seconds / before.bytes);
  return {
    upTo: Float64Array.from(upTo),
    factor: Float64Array.from(factor),
    exponent: Float64Array.from(exponent),
  };
}

/** Allocates nothing: it is called for every collective of a search. */
export function transferSeconds(curve: TransferCurve, bytes: number): number {
  const {upTo, factor, exponent} = curve;
  let piece = 0;
  while (bytes > (upTo[piece] as number)) piece += 1;
  const steepness = exponent[piece] as number;
  return (factor[piece] as number) * (steepness === 1 ? bytes : bytes ** steepness);
}

/**
 * Time of a collective whose latency and transfer do not just add up: (latency^ramp + transfer^ramp)^(1/ramp).
 *
 * Below 1 the pipeline fills: libraries send longer messages in larger chunks over more channels, so that
 * bandwidth rises over several decades of bytes. 1 adds up; above 1 the larger hides the other.
 */
export function rampedSeconds(latency: number, transfer: number, ramp: number): number {
  if (ramp === 1 || latency === 0 || transfer === 0) return latency + transfer;
  if (ramp === 0.5) return latency + transfer + 2 * Math.sqrt(latency * transfer);
  return (latency ** ramp + transfer ** ramp) ** (1 / ramp);
}
