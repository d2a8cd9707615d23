import type {Curve} from '../chart/curve.js';
import {linearScale, placeOnLinear} from '../chart/linear-scale.js';
import {logScale, placeOn} from '../chart/log-scale.js';
import {element, joinMarkup, type Markup, textMarkup} from './markup.js';

/** A curve as a picture of a page. */
export interface SvgCurve extends Curve {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, for those who do not see it. */
  readonly description: string;
  /** Values of the horizontal axis with a label; null: round numbers. */
  readonly ticks: readonly number[] | null;
  /** Single points in addition to the line. */
  readonly marks: readonly {readonly x: number; readonly y: number; readonly name: string}[];
}

const width = 760;
const height = 340;
/** Room for labels. */
const inner = {left: 72, right: width - 16, top: 12, bottom: height - 48} as const;
const radius = 3;

/** A line with its band on a logarithmic and a linear axis; null where there are fewer than two points. */
export function svgCurve({id, title, description, x, y, points, ticks, marks}: SvgCurve): Markup | null {
  const values = points.flatMap(({y: value, band}) => [
    value,
    ...(band === null ? [] : [band.low, band.high]),
  ]);
  const xs = logScale([...points, ...marks].map(point => point.x));
  const ys = linearScale([...values, ...marks.map(mark => mark.y)]);
  if (points.length < 2 || xs === null || ys === null) return null;
  const across = (value: number) => rounded(inner.left + placeOn(xs, value) * (inner.right - inner.left));
  const up = (value: number) => rounded(inner.bottom - placeOnLinear(ys, value) * (inner.bottom - inner.top));
  const line = points.map(point => `${across(point.x)},${up(point.y)}`).join(' ');
  const banded = points.flatMap(point => (point.band === null ? [] : [{x: point.x, ...point.band}]));
  const around = [
    ...banded.map(point => `${across(point.x)},${up(point.high)}`),
    ...[...banded].reverse().map(point => `${across(point.x)},${up(point.low)}`),
  ].join(' ');
  const axisTicks = [
    ...ys.ticks.flatMap(tick => [
      element('line', {class: 'grid', x1: inner.left, x2: inner.right, y1: up(tick), y2: up(tick)}),
      element(
        'text',
        {class: 'quiet', x: inner.left - 8, y: up(tick) + 4, 'text-anchor': 'end'},
        textMarkup(tick.toFixed(ys.digits)),
      ),
    ]),
    ...(ticks ?? xs.ticks).flatMap(tick => [
      element('line', {class: 'grid', x1: across(tick), x2: across(tick), y1: inner.top, y2: inner.bottom}),
      element(
        'text',
        {class: 'quiet', x: across(tick), y: inner.bottom + 18, 'text-anchor': 'middle'},
        textMarkup(x.format(tick)),
      ),
    ]),
  ];
  const middle = {x: (inner.left + inner.right) / 2, y: (inner.top + inner.bottom) / 2};
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
      ...axisTicks,
      ...(banded.length < 2
        ? []
        : [element('polygon', {class: 'series-1', 'fill-opacity': 0.15, points: around})]),
      element('polyline', {class: 'curve', points: line}),
      ...points.map(point =>
        element(
          'circle',
          {class: 'series-1', cx: across(point.x), cy: up(point.y), r: radius},
          element('title', {}, textMarkup(`${x.format(point.x)}: ${y.format(point.y)}`)),
        ),
      ),
      ...marks.map(mark =>
        element(
          'circle',
          {class: 'series-rest', cx: across(mark.x), cy: up(mark.y), r: radius},
          element('title', {}, textMarkup(mark.name)),
        ),
      ),
      element('text', {x: middle.x, y: height - 8, 'text-anchor': 'middle'}, textMarkup(x.title)),
      element(
        'text',
        {transform: `translate(14 ${middle.y}) rotate(-90)`, 'text-anchor': 'middle'},
        textMarkup(y.title),
      ),
    ]),
  );
  return element('figure', {}, svg);
}

/** Tenths of a pixel are exact enough, and short. */
const rounded = (pixels: number) => Number(pixels.toFixed(1));
