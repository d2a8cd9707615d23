import {displayWidth, padEnd, padStart, truncate} from '../terminal/display-width.js';
import {paint} from '../terminal/paint.js';
import {type TerminalStyle, textWidth} from '../terminal/terminal-style.js';
import {dotGrid, dotSign, setDot} from './dot-grid.js';
import {linearScale, placeOnLinear} from './linear-scale.js';
import {logScale, placeOn} from './log-scale.js';
import type {ScatterAxis, ScatterPoint} from './scatter.js';

/** A value against a logarithmic axis: a line through its points, and a band around it. */
export interface Curve {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  /** Points in order of x. */
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint extends ScatterPoint {
  /** Null: no band. */
  readonly band: {readonly low: number; readonly high: number} | null;
}

const rows = 10;

/** A curve as wide as the terminal has room for; no lines where there are fewer than two points. */
export function renderCurve(style: TerminalStyle, {x, y, points}: Curve): string[] {
  const xs = logScale(points.map(point => point.x));
  const ys = linearScale(
    points.flatMap(point => [point.y, ...(point.band === null ? [] : [point.band.low, point.band.high])]),
  );
  if (points.length < 2 || xs === null || ys === null) return [];
  const labels = new Map(
    ys.ticks.map(tick => [
      Math.min(rows - 1, Math.floor((1 - placeOnLinear(ys, tick)) * rows)),
      tick.toFixed(ys.digits),
    ]),
  );
  const gutter = Math.max(...[...labels.values()].map(displayWidth));
  const columns = textWidth(style) - gutter - 2;
  const line = dotGrid(columns, rows);
  const band = dotGrid(columns, rows);
  for (let i = 0; i < columns * 2; i += 1) {
    const place = (i + 0.5) / (columns * 2);
    const at = xs.low * (xs.high / xs.low) ** place;
    const value = interpolated(points, at);
    if (value === null) continue;
    setDot(line, place, placeOnLinear(ys, value.y));
    if (value.band === null || i % 2 === 1) continue;
    setDot(band, place, placeOnLinear(ys, value.band.low));
    setDot(band, place, placeOnLinear(ys, value.band.high));
  }
  const side = style.unicode
    ? {plain: '│', tick: '┤', corner: '└', base: '─'}
    : {plain: '|', tick: '+', corner: '+', base: '-'};
  const body = Array.from({length: rows}, (_, row) => {
    const label = labels.get(row);
    const axis = padStart(label ?? '', gutter) + (label === undefined ? side.plain : side.tick);
    const cells = Array.from({length: columns}, (__, column) => {
      const sign = dotSign(line, row, column, style.unicode);
      return sign === ' '
        ? paint(style, 'quiet', dotSign(band, row, column, style.unicode))
        : paint(style, 'first', sign);
    });
    return (paint(style, 'quiet', axis) + cells.join('')).trimEnd();
  });
  let foot = '';
  for (const {x: at} of points) {
    const label = x.format(at);
    const start = Math.min(
      columns - displayWidth(label),
      Math.max(0, Math.floor(placeOn(xs, at) * columns - displayWidth(label) / 2)),
    );
    if (foot === '' || start >= displayWidth(foot) + 2) foot = padEnd(foot, start) + label;
  }
  return [
    paint(style, 'quiet', truncate(y.title, textWidth(style))),
    ...body,
    paint(style, 'quiet', ' '.repeat(gutter) + side.corner + side.base.repeat(columns)),
    paint(style, 'quiet', (' '.repeat(gutter + 1) + foot).trimEnd()),
    paint(style, 'quiet', padStart(truncate(x.title, columns), gutter + 1 + columns)),
  ];
}

/** On the line between the two nearest points, by the logarithm of x; null outside. */
function interpolated(points: readonly CurvePoint[], x: number): CurvePoint | null {
  const after = points.findIndex(point => point.x >= x);
  const [next, before] = [points[after], points[after - 1]];
  if (next === undefined || before === undefined) return null;
  const share = Math.log(x / before.x) / Math.log(next.x / before.x);
  const between = (a: number, b: number) => a + share * (b - a);
  return {
    x,
    y: between(before.y, next.y),
    band:
      before.band === null || next.band === null
        ? null
        : {low: between(before.band.low, next.band.low), high: between(before.band.high, next.band.high)},
  };
}
