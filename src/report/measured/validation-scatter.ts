import type {Validation} from '../../calibration/summary/summarize.js';
import {formatNumber, formatSeconds} from '../../units/format-quantity.js';
import type {Scatter} from '../chart/scatter.js';

/** Least number of points for which a picture is drawn. */
const fewestPoints = 3;

/** Predicted against measured step times; null where there are too few. */
export function stepTimeScatter({scored}: Validation): Scatter | null {
  if (scored.length < fewestPoints) return null;
  return {
    x: {title: 'measured', format: formatTick},
    y: {title: 'predicted step time', format: formatTick},
    points: scored.map(({row, stepSeconds}) => ({x: stepSeconds, y: row.predicted.stepSeconds})),
    diagonal: true,
  };
}

/** Decades of seconds stay decades. */
export function formatTick(seconds: number): string {
  return seconds < 1 ? formatSeconds(seconds) : `${formatNumber(seconds)} s`;
}
