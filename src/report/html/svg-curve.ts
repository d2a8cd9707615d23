import type {Curve} from '../chart/curve.js';
import {linearScale, placeOnLinear} from '../chart/linear-scale.js';
import {logScale, placeOn} from '../chart/log-scale.js';
import {element, type Markup, textMarkup} from './markup.js';
import {type Picture, svgAxes, svgFigure} from './svg-figure.js';

/** A curve as a picture of a page. */
export interface SvgCurve extends Curve, Picture {
  /** Values of the horizontal axis with a label; null: round numbers. */
  readonly ticks: readonly number[] | null;
  /** Single points in addition to the line. */
  readonly marks: readonly {readonly x: number; readonly y: number; readonly name: string}[];
}

const size = {width: 760, height: 340};
const radius = 3;

/** A line with its band on a logarithmic and a linear axis; null where there are fewer than two points. */
export function svgCurve(curve: SvgCurve): Markup | null {
  const {x, y, points, ticks, marks} = curve;
  const banded = points.flatMap(({x: at, band}) => (band === null ? [] : [{x: at, ...band}]));
  const values = [...points.map(point => point.y), ...banded.flatMap(({low, high}) => [low, high])];
  const xs = logScale([...points, ...marks].map(point => point.x));
  const ys = linearScale([...values, ...marks.map(mark => mark.y)]);
  if (points.length < 2 || xs === null || ys === null) return null;
  const {markup, across, up} = svgAxes(
    size,
    {...x, ticks: ticks ?? xs.ticks, place: value => placeOn(xs, value)},
    {
      ...y,
      ticks: ys.ticks,
      place: value => placeOnLinear(ys, value),
      format: tick => tick.toFixed(ys.digits),
    },
  );
  const line = points.map(point => `${across(point.x)},${up(point.y)}`).join(' ');
  const around = [
    ...banded.map(point => `${across(point.x)},${up(point.high)}`),
    ...[...banded].reverse().map(point => `${across(point.x)},${up(point.low)}`),
  ].join(' ');
  const circle = (series: string, point: {readonly x: number; readonly y: number}, name: string) =>
    element(
      'circle',
      {class: series, cx: across(point.x), cy: up(point.y), r: radius},
      element('title', {}, textMarkup(name)),
    );
  return svgFigure(curve, size, [
    ...markup,
    ...(banded.length < 2
      ? []
      : [element('polygon', {class: 'series-1', 'fill-opacity': 0.15, points: around})]),
    element('polyline', {class: 'curve', points: line}),
    ...points.map(point => circle('series-1', point, `${x.format(point.x)}: ${y.format(point.y)}`)),
    ...marks.map(mark => circle('series-rest', mark, mark.name)),
  ]);
}
