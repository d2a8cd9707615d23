import type {TornadoRow, TornadoSide} from '../tornado.js';
import {element, type Markup, textMarkup} from './markup.js';
import {svgFigure} from './svg-figure.js';

const width = 760;
const rowHeight = 26;
const barHeight = 16;
const nameWidth = 170;
/** Room for the labels on both sides of the bars. */
const labelWidth = 130;
const middle = nameWidth + (width - nameWidth) / 2;
const reach = width - labelWidth - middle;

/** A tornado chart: bars to the left make the plan worse, bars to the right better. Null without rows. */
export function svgTornado(id: string, title: string, rows: readonly TornadoRow[]): Markup | null {
  if (rows.length === 0) return null;
  const most = Math.max(...rows.flatMap(({worse, better}) => [worse.share, better.share]));
  const height = rows.length * rowHeight + 8;
  return svgFigure({id, title, description: description(rows)}, {width, height}, [
    element('line', {class: 'guide', x1: middle, x2: middle, y1: 0, y2: height}),
    ...rows.map((row, i) => bars(row, i * rowHeight + 4, most)),
  ]);
}

function description(rows: readonly TornadoRow[]): string {
  return rows
    .map(({name, worse, better, infeasible}) =>
      [name, worse.label, better.label, ...infeasible].filter(word => word !== '').join(' '),
    )
    .join('; ');
}

function bars({name, worse, better, infeasible}: TornadoRow, top: number, most: number): Markup {
  const baseline = top + barHeight - 3;
  const [left, right] = [worse, better].map(({share}) => (most === 0 ? 0 : (share / most) * reach)) as [
    number,
    number,
  ];
  const rightLabel = [better.label, ...infeasible].filter(word => word !== '').join(', ');
  return element(
    'g',
    {},
    element('text', {x: 0, y: baseline}, textMarkup(name)),
    bar('series-2', middle - left, top, left, worse),
    bar('series-1', middle, top, right, better),
    element(
      'text',
      {class: 'quiet', x: middle - left - 6, y: baseline, 'text-anchor': 'end'},
      textMarkup(worse.label),
    ),
    element('text', {class: 'quiet', x: middle + right + 6, y: baseline}, textMarkup(rightLabel)),
  );
}

function bar(series: string, x: number, y: number, length: number, {label}: TornadoSide): Markup {
  return element(
    'rect',
    {class: series, x: x.toFixed(1), y, width: length.toFixed(1), height: barHeight},
    element('title', {}, textMarkup(label)),
  );
}
