import {formatPercent} from '../../units/format-quantity.js';
import {type LogScale, logScale, placeOn} from '../chart/log-scale.js';
import type {ScatterAxis, ScatterPoint} from '../chart/scatter.js';
import {element, joinMarkup, type Markup, textMarkup} from './markup.js';
import {numSeries} from './style.js';

export interface NamedPoint extends ScatterPoint {
  /** Shown where the pointer rests. */
  readonly name: string;
}

export interface ScatterSeries {
  readonly name: string;
  readonly points: readonly NamedPoint[];
}

/** Points of several series on logarithmic axes that span the same values. */
export interface SvgScatter {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, for those who do not see it. */
  readonly description: string;
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  /** Series in order of importance. All after the first six share a grey. */
  readonly series: readonly ScatterSeries[];
  /** Lines at this relative distance on both sides of the diagonal. */
  readonly guide: number;
}

const width = 760;
const height = 560;
/** Room for labels. */
const inner = {left: 72, right: width - 16, top: 12, bottom: height - 48} as const;
const radius = 3;

/** A scatter plot with a legend; null where no point has a place on logarithmic axes. */
export function svgScatter(scatter: SvgScatter): Markup | null {
  const {id, title, description, guide} = scatter;
  const series = scatter.series.map(({name, points}) => ({
    name,
    points: points.filter(({x, y}) => x > 0 && y > 0),
  }));
  const scale = logScale(series.flatMap(({points}) => points.flatMap(({x, y}) => [x, y])));
  if (scale === null) return null;
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
    },
    joinMarkup([
      element('title', {id: `${id}-title`}, textMarkup(title)),
      element('desc', {id: `${id}-description`}, textMarkup(description)),
      ...axes(scale, scatter),
      ...series.map(({name, points}, i) => marks(scale, name, points, i)),
      ...[1 - guide, 1, 1 + guide].map(factor => guideLine(scale, factor)),
    ]),
  );
  return element('figure', {}, joinMarkup([legend(scatter), svg]));
}

const across = (scale: LogScale, value: number) =>
  inner.left + placeOn(scale, value) * (inner.right - inner.left);
const up = (scale: LogScale, value: number) =>
  inner.bottom - placeOn(scale, value) * (inner.bottom - inner.top);
/** Tenths of a pixel are exact enough, and short. */
const rounded = (pixels: number) => Number(pixels.toFixed(1));

function axes(scale: LogScale, {x, y}: SvgScatter): readonly Markup[] {
  const ticks = scale.ticks.flatMap(tick => {
    const [left, top] = [rounded(across(scale, tick)), rounded(up(scale, tick))];
    return [
      element('line', {class: 'grid', x1: left, x2: left, y1: inner.top, y2: inner.bottom}),
      element('line', {class: 'grid', x1: inner.left, x2: inner.right, y1: top, y2: top}),
      element(
        'text',
        {class: 'quiet', x: left, y: inner.bottom + 18, 'text-anchor': 'middle'},
        textMarkup(x.format(tick)),
      ),
      element(
        'text',
        {class: 'quiet', x: inner.left - 8, y: top + 4, 'text-anchor': 'end'},
        textMarkup(y.format(tick)),
      ),
    ];
  });
  const middle = {x: (inner.left + inner.right) / 2, y: (inner.top + inner.bottom) / 2};
  return [
    ...ticks,
    element('text', {x: middle.x, y: height - 8, 'text-anchor': 'middle'}, textMarkup(x.title)),
    element(
      'text',
      {transform: `translate(14 ${middle.y}) rotate(-90)`, 'text-anchor': 'middle'},
      textMarkup(y.title),
    ),
  ];
}

/** Line y = `factor` x, as far as the axes go. */
function guideLine(scale: LogScale, factor: number): Markup {
  const from = Math.max(scale.low, scale.low / factor);
  const to = Math.min(scale.high, scale.high / factor);
  return element('line', {
    class: factor === 1 ? 'guide' : 'guide dashed',
    x1: rounded(across(scale, from)),
    y1: rounded(up(scale, from * factor)),
    x2: rounded(across(scale, to)),
    y2: rounded(up(scale, to * factor)),
  });
}

function seriesClass(index: number): string {
  return index < numSeries ? `series-${index + 1}` : 'series-rest';
}

function marks(scale: LogScale, name: string, points: readonly NamedPoint[], index: number): Markup {
  const circles = points.map(point =>
    element(
      'circle',
      {cx: rounded(across(scale, point.x)), cy: rounded(up(scale, point.y)), r: radius},
      element('title', {}, textMarkup(`${name}: ${point.name}`)),
    ),
  );
  return element('g', {class: `mark ${seriesClass(index)}`}, ...circles);
}

function legend({series, guide}: SvgScatter): Markup {
  const swatch = (index: number) =>
    element(
      'svg',
      {viewBox: '0 0 10 10', 'aria-hidden': 'true'},
      element('circle', {class: seriesClass(index), cx: 5, cy: 5, r: 5}),
    );
  const named = series
    .slice(0, numSeries)
    .map(({name, points}, i) => element('li', {}, swatch(i), textMarkup(`${name} (${points.length})`)));
  const rest = series.slice(numSeries);
  const others =
    rest.length === 0
      ? []
      : [
          element(
            'li',
            {},
            swatch(numSeries),
            textMarkup(`others: ${rest.map(({name}) => name).join(', ')}`),
          ),
        ];
  const lines = element('li', {class: 'quiet'}, textMarkup(`lines: equal, and ${formatPercent(guide)} off`));
  return element('ul', {class: 'legend'}, ...named, ...others, lines);
}
