import {formatPercent} from '../../units/format-quantity.js';
import {type LogScale, logScale, placeOn} from '../chart/log-scale.js';
import type {ScatterAxis, ScatterPoint} from '../chart/scatter.js';
import {element, type Markup, textMarkup} from './markup.js';
import {numSeries} from './style.js';
import {type Picture, type SvgAxes, svgAxes, svgFigure} from './svg-figure.js';

export interface NamedPoint extends ScatterPoint {
  /** Shown where the pointer rests. */
  readonly name: string;
}

export interface ScatterSeries {
  readonly name: string;
  readonly points: readonly NamedPoint[];
}

/** Points of several series on logarithmic axes that span the same values. */
export interface SvgScatter extends Picture {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  /** Series in order of importance. All after the first six share a grey. */
  readonly series: readonly ScatterSeries[];
  /** Lines at this relative distance on both sides of the diagonal. */
  readonly guide: number;
}

const size = {width: 760, height: 560};
const radius = 3;

/** A scatter plot with a legend; null where no point has a place on logarithmic axes. */
export function svgScatter(scatter: SvgScatter): Markup | null {
  const {x, y, guide} = scatter;
  const series = scatter.series.map(({name, points}) => ({
    name,
    points: points.filter(point => point.x > 0 && point.y > 0),
  }));
  const scale = logScale(series.flatMap(({points}) => points.flatMap(point => [point.x, point.y])));
  if (scale === null) return null;
  const axis = {ticks: scale.ticks, place: (value: number) => placeOn(scale, value)};
  const axes = svgAxes(size, {...x, ...axis}, {...y, ...axis});
  const content = [
    ...axes.markup,
    ...series.map(({name, points}, i) => marks(axes, name, points, i)),
    ...[1 - guide, 1, 1 + guide].map(factor => guideLine(axes, scale, factor)),
  ];
  return svgFigure(scatter, size, content, [legend(scatter)]);
}

/** Line y = `factor` x, as far as the axes go. */
function guideLine({across, up}: SvgAxes, scale: LogScale, factor: number): Markup {
  const from = Math.max(scale.low, scale.low / factor);
  const to = Math.min(scale.high, scale.high / factor);
  return element('line', {
    class: factor === 1 ? 'guide' : 'guide dashed',
    x1: across(from),
    y1: up(from * factor),
    x2: across(to),
    y2: up(to * factor),
  });
}

function seriesClass(index: number): string {
  return index < numSeries ? `series-${index + 1}` : 'series-rest';
}

function marks({across, up}: SvgAxes, name: string, points: readonly NamedPoint[], index: number): Markup {
  const circles = points.map(point =>
    element(
      'circle',
      {cx: across(point.x), cy: up(point.y), r: radius},
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
