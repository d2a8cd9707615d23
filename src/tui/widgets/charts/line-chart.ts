import {dotGrid, dotSign, setDot} from '../../../report/chart/dot-grid.js';
import {displayWidth, fit, padStart} from '../../../report/terminal/display-width.js';
import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';

/** A value against another with its band, and marked moments. */
export interface LineChart {
  readonly points: readonly ChartPoint[];
  readonly marks: readonly number[];
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
}

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Space above and below the line, as a share of its range. */
const margin = 0.05;

/** A line in dots with its band and axes, `rows` lines high; empty without points or without room. */
export function lineChart(style: TerminalStyle, chart: LineChart, rows: number): string[] {
  const {points, formatX, formatY} = chart;
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || rows < 4) return [];
  const range = rangeOf(points);
  const gutter = Math.max(displayWidth(formatY(range.low)), displayWidth(formatY(range.high)));
  const size = {columns: Math.max(8, style.width - gutter - 1), rows: rows - 2};
  const body = bodyLines(style, chart, range, size).map((line, row) => {
    const label = row === 0 ? formatY(range.high) : row === size.rows - 1 ? formatY(range.low) : '';
    return paint(style, 'quiet', `${padStart(label, gutter)}${style.unicode ? '│' : '|'}`) + line;
  });
  const base = (style.unicode ? '└' : '+') + (style.unicode ? '─' : '-').repeat(size.columns);
  const labels = [first.x, (first.x + last.x) / 2, last.x].map(x => formatX(x));
  return [
    ...body,
    ' '.repeat(gutter) + paint(style, 'quiet', base),
    ' '.repeat(gutter + 1) + paint(style, 'quiet', axisLabels(labels, size.columns)),
  ];
}

interface ChartSize {
  readonly columns: number;
  readonly rows: number;
}

/** Line, band and marks in a grid of `columns` x `rows` signs. */
function bodyLines(
  style: TerminalStyle,
  {points, marks}: LineChart,
  range: Range,
  size: ChartSize,
): string[] {
  const {columns, rows} = size;
  const [from, to] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
  const line = dotGrid(columns, rows);
  const band = dotGrid(columns, rows);
  const place = (y: number) => (y - range.low) / (range.high - range.low);
  for (let dot = 0; dot < columns * 2; dot += 1) {
    const share = (dot + 0.5) / (columns * 2);
    const point = pointAt(points, from + share * (to - from));
    setDot(line, share, place(point.y));
    if (dot % 2 === 1) continue;
    setDot(band, share, place(point.low));
    setDot(band, share, place(point.high));
  }
  const columnOf = (x: number) => Math.min(columns - 1, Math.floor(((x - from) / (to - from)) * columns));
  const marked = new Set(marks.map(columnOf));
  const sign = (row: number, column: number) => {
    const own = dotSign(line, row, column, style.unicode);
    if (own !== ' ') return paint(style, 'first', own);
    const around = dotSign(band, row, column, style.unicode);
    if (around !== ' ') return paint(style, 'quiet', around);
    return marked.has(column) ? paint(style, 'warning', style.unicode ? '┊' : ':') : ' ';
  };
  return Array.from({length: rows}, (_, row) =>
    Array.from({length: columns}, (__, column) => sign(row, column)).join(''),
  );
}

/** The first label at the left, the second in the middle, the third at the right. */
function axisLabels([from = '', middle = '', to = '']: readonly string[], columns: number): string {
  const start = `${fit(from, Math.floor(columns / 2) - Math.floor(middle.length / 2))}${middle}`;
  return `${start}${padStart(to, Math.max(1, columns - displayWidth(start)))}`;
}

function rangeOf(points: readonly ChartPoint[]): Range {
  const low = Math.min(...points.map(point => point.low));
  const high = Math.max(...points.map(point => point.high));
  const space = (high - low || Math.abs(high) || 1) * margin;
  return {low: low - space, high: high + space};
}

/** The point at `x`, interpolated linearly between two points. */
function pointAt(points: readonly ChartPoint[], x: number): ChartPoint {
  const next = points.findIndex(point => point.x >= x);
  const right = points[next === -1 ? points.length - 1 : next];
  const left = points[Math.max(0, next - 1)];
  if (left === undefined || right === undefined) throw new Error('a chart has points');
  const share = right.x === left.x ? 0 : Math.max(0, Math.min(1, (x - left.x) / (right.x - left.x)));
  const between = (from: number, to: number) => from + share * (to - from);
  return {
    x,
    y: between(left.y, right.y),
    low: between(left.low, right.low),
    high: between(left.high, right.high),
  };
}
