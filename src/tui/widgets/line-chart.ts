import {dotGrid, dotSign, setDot} from '../../report/chart/dot-grid.js';
import {displayWidth, fit, padStart} from '../../report/page/display-width.js';
import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';

/** A value against another with its band, and moments that are marked. */
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

/** Room above and below the line, as a share of its range. */
const margin = 0.05;

/** A line in dots with its band, `rows` lines high with its axis. */
export function lineChart(page: Page, chart: LineChart, columns: number, rows: number): string[] {
  const {points, formatX, formatY} = chart;
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || rows < 4) return [];
  const range = scaleOf(points);
  const gutter = Math.max(displayWidth(formatY(range.low)), displayWidth(formatY(range.high)));
  const wide = Math.max(8, columns - gutter - 1);
  const high = rows - 2;
  const line = dotGrid(wide, high);
  const band = dotGrid(wide, high);
  const place = (y: number) => (y - range.low) / (range.high - range.low);
  for (let dot = 0; dot < wide * 2; dot += 1) {
    const share = (dot + 0.5) / (wide * 2);
    const point = at(points, first.x + share * (last.x - first.x));
    setDot(line, share, place(point.y));
    if (dot % 2 === 1) continue;
    setDot(band, share, place(point.low));
    setDot(band, share, place(point.high));
  }
  const marked = new Set(
    chart.marks.map(x => Math.min(wide - 1, Math.floor(((x - first.x) / (last.x - first.x)) * wide))),
  );
  const body = Array.from({length: high}, (_, row) => {
    const label = row === 0 ? formatY(range.high) : row === high - 1 ? formatY(range.low) : '';
    const cells = Array.from({length: wide}, (__, column) => {
      const sign = dotSign(line, row, column, page.unicode);
      if (sign !== ' ') return paint(page, 'first', sign);
      const beside = dotSign(band, row, column, page.unicode);
      if (beside !== ' ') return paint(page, 'quiet', beside);
      return marked.has(column) ? paint(page, 'warning', page.unicode ? '┊' : ':') : ' ';
    });
    return `${paint(page, 'quiet', padStart(label, gutter))}${paint(page, 'quiet', page.unicode ? '│' : '|')}${cells.join('')}`;
  });
  const base = (page.unicode ? '─' : '-').repeat(wide);
  const [from, middle, to] = [first.x, (first.x + last.x) / 2, last.x].map(x => formatX(x));
  const half = Math.floor(wide / 2);
  const axis = `${fit(from ?? '', half - Math.floor((middle ?? '').length / 2))}${middle}`;
  return [
    ...body,
    ' '.repeat(gutter) + paint(page, 'quiet', (page.unicode ? '└' : '+') + base),
    ' '.repeat(gutter + 1) +
      paint(page, 'quiet', `${axis}${padStart(to ?? '', Math.max(1, wide - displayWidth(axis)))}`),
  ];
}

function scaleOf(points: readonly ChartPoint[]): {readonly low: number; readonly high: number} {
  const low = Math.min(...points.map(point => point.low));
  const high = Math.max(...points.map(point => point.high));
  const space = (high - low || Math.abs(high) || 1) * margin;
  return {low: low - space, high: high + space};
}

/** Between two points the values lie on a line. */
function at(points: readonly ChartPoint[], x: number): ChartPoint {
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
