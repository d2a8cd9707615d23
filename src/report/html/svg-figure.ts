import {element, joinMarkup, type Markup, textMarkup} from './markup.js';

/** Title of a picture and what it shows, for those who do not see it. */
export interface Picture {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

export interface SvgSize {
  readonly width: number;
  readonly height: number;
}

/** One axis of a picture. */
export interface SvgAxis {
  readonly title: string;
  readonly ticks: readonly number[];
  /** Position of a value: 0 at the low end, 1 at the high one. */
  readonly place: (value: number) => number;
  readonly format: (value: number) => string;
}

/** Axes with their grid, and the pixels of a value on each. */
export interface SvgAxes {
  readonly markup: readonly Markup[];
  readonly across: (x: number) => number;
  readonly up: (y: number) => number;
}

/** Room for the labels of axes. */
const room = {left: 72, right: 16, top: 12, bottom: 48} as const;

export function svgFigure(
  {id, title, description}: Picture,
  {width, height}: SvgSize,
  content: readonly Markup[],
  legend: readonly Markup[] = [],
): Markup {
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
      ...content,
    ]),
  );
  return element('figure', {}, joinMarkup([...legend, svg]));
}

export function svgAxes({width, height}: SvgSize, x: SvgAxis, y: SvgAxis): SvgAxes {
  const [left, right, top, bottom] = [room.left, width - room.right, room.top, height - room.bottom];
  const across = (value: number) => rounded(left + x.place(value) * (right - left));
  const up = (value: number) => rounded(bottom - y.place(value) * (bottom - top));
  const label = (value: string, x: number, y: number, anchor: 'middle' | 'end') =>
    element('text', {class: 'quiet', x, y, 'text-anchor': anchor}, textMarkup(value));
  const middle = {x: (left + right) / 2, y: (top + bottom) / 2};
  const markup = [
    ...y.ticks.flatMap(tick => [
      element('line', {class: 'grid', x1: left, x2: right, y1: up(tick), y2: up(tick)}),
      label(y.format(tick), left - 8, up(tick) + 4, 'end'),
    ]),
    ...x.ticks.flatMap(tick => [
      element('line', {class: 'grid', x1: across(tick), x2: across(tick), y1: top, y2: bottom}),
      label(x.format(tick), across(tick), bottom + 18, 'middle'),
    ]),
    element('text', {x: middle.x, y: height - 8, 'text-anchor': 'middle'}, textMarkup(x.title)),
    element(
      'text',
      {transform: `translate(14 ${middle.y}) rotate(-90)`, 'text-anchor': 'middle'},
      textMarkup(y.title),
    ),
  ];
  return {markup, across, up};
}

/** Tenths of a pixel are exact enough, and short. */
const rounded = (pixels: number) => Number(pixels.toFixed(1));
