import {displayWidth, padStart, truncate} from '../terminal/display-width.js';
import {paint} from '../terminal/paint.js';
import {type TerminalStyle, textWidth} from '../terminal/terminal-style.js';
import {type DotGrid, dotGrid, dotSign, setDot} from './dot-grid.js';
import {type LogScale, logScale, placeOn} from './log-scale.js';

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
}

export interface ScatterAxis {
  readonly title: string;
  readonly format: (value: number) => string;
}

/** Points on logarithmic axes; those with a value that is not above zero are left out. */
export interface Scatter {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  readonly points: readonly ScatterPoint[];
  /** Both axes span the same values, and a line marks where they are equal. */
  readonly diagonal: boolean;
}

/** Characters are about twice as high as they are wide. */
const heightOfWidth = 0.4;
const leastRows = 8;
const mostRows = 28;
/** Room between the labels of the horizontal axis. */
const labelGap = 2;

/** A scatter plot as wide as the terminal has room for; no lines where there is nothing to draw. */
export function renderScatter(style: TerminalStyle, {x, y, points: all, diagonal}: Scatter): string[] {
  const points = all.filter(point => point.x > 0 && point.y > 0);
  const both = diagonal ? points.flatMap(point => [point.x, point.y]) : null;
  const scales = {
    x: logScale(both ?? points.map(point => point.x)),
    y: logScale(both ?? points.map(point => point.y)),
  };
  if (scales.x === null || scales.y === null) return [];
  const labels = new Map<number, string>();
  const gutter = Math.max(...scales.y.ticks.map(tick => displayWidth(y.format(tick))), 0);
  const columns = textWidth(style) - gutter - 2;
  const rows = Math.max(leastRows, Math.min(mostRows, Math.round(columns * heightOfWidth)));
  for (const tick of scales.y.ticks) {
    const row = Math.min(rows - 1, Math.floor((1 - placeOn(scales.y, tick)) * rows));
    if (!labels.has(row)) labels.set(row, y.format(tick));
  }
  const dots = dotGrid(columns, rows);
  for (const point of points) setDot(dots, placeOn(scales.x, point.x), placeOn(scales.y, point.y));
  const line = dotGrid(columns, rows);
  if (diagonal) {
    for (let i = 0; i < columns * 2; i += 1)
      setDot(line, (i + 0.5) / (columns * 2), (i + 0.5) / (columns * 2));
  }
  const axis = style.unicode ? {side: '│', mark: '┤', corner: '└', base: '─', tick: '┴'} : ascii;
  const body = Array.from({length: rows}, (_, row) => {
    const label = labels.get(row);
    const side = padStart(label ?? '', gutter) + (label === undefined ? axis.side : axis.mark);
    return (paint(style, 'quiet', side) + cells(style, dots, line, row)).trimEnd();
  });
  const foot = horizontalAxis(scales.x, columns, x.format);
  const base = foot.ticks.map(at => (at ? axis.tick : axis.base)).join('');
  return [
    paint(style, 'quiet', truncate(y.title, textWidth(style))),
    ...body,
    paint(style, 'quiet', ' '.repeat(gutter) + axis.corner + base),
    paint(style, 'quiet', (' '.repeat(gutter + 1) + foot.labels).trimEnd()),
    paint(style, 'quiet', padStart(truncate(x.title, columns), gutter + 1 + columns)),
  ];
}

const ascii = {side: '|', mark: '+', corner: '+', base: '-', tick: '+'};

/** A row of characters, points over the line. */
function cells(style: TerminalStyle, dots: DotGrid, line: DotGrid, row: number): string {
  let text = '';
  let run = '';
  let kind: 'first' | 'quiet' = 'quiet';
  for (let column = 0; column < dots.columns; column += 1) {
    const point = dotSign(dots, row, column, style.unicode);
    const next = point === ' ' ? 'quiet' : 'first';
    if (next !== kind) {
      text += paint(style, kind, run);
      run = '';
      kind = next;
    }
    run += point === ' ' ? dotSign(line, row, column, style.unicode) : point;
  }
  return text + paint(style, kind, run);
}

/** Ticks, and their labels as far as they have room. */
function horizontalAxis(
  scale: LogScale,
  columns: number,
  format: (value: number) => string,
): {readonly ticks: readonly boolean[]; readonly labels: string} {
  const ticks = Array.from({length: columns}, () => false);
  let labels = '';
  for (const tick of scale.ticks) {
    const column = Math.min(columns - 1, Math.floor(placeOn(scale, tick) * columns));
    const label = format(tick);
    ticks[column] = true;
    const centred = Math.max(0, column - Math.floor(displayWidth(label) / 2));
    const start = Math.min(centred, columns - displayWidth(label));
    if (labels !== '' && start < displayWidth(labels) + labelGap) continue;
    labels += ' '.repeat(start - displayWidth(labels)) + label;
  }
  return {ticks, labels};
}
