import {expect, test} from 'vitest';
import {type SvgScatter, svgScatter} from '../../../src/report/html/svg-scatter.js';

const format = (value: number) => `${value} s`;

const scatter: SvgScatter = {
  id: 'picture',
  title: 'a picture',
  description: 'of three points',
  x: {title: 'measured', format},
  y: {title: 'predicted', format},
  series: [
    {
      name: 'first',
      points: [
        {x: 1, y: 1, name: 'one'},
        {x: 100, y: 100, name: 'hundred & more'},
      ],
    },
    {name: 'second', points: [{x: 100, y: 1, name: 'far off'}]},
  ],
  guide: 0.2,
};

/** Centres of the marks in the order of the series. */
const marks = (svg: string) =>
  [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="3"/g)].map(([, x, y]) => [Number(x), Number(y)]);

test('equal values lie as far right as up, and points share their columns and rows', () => {
  const [one, hundred, off] = marks(svgScatter(scatter)!);
  expect(off?.[0]).toBe(hundred?.[0]);
  expect(off?.[1]).toBe(one?.[1]);
  expect(hundred![0]!).toBeGreaterThan(one![0]!);
  expect(hundred![1]!).toBeLessThan(one![1]!);
});

test('the diagonal goes through the points that are equal', () => {
  const svg = svgScatter(scatter)!;
  const line = /<line class="guide" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"/.exec(svg);
  const [x1, y1, x2, y2] = line!.slice(1).map(Number) as [number, number, number, number];
  for (const [x, y] of marks(svg).slice(0, 2)) {
    expect(y1 + ((y2 - y1) * (x! - x1)) / (x2 - x1)).toBeCloseTo(y!, 0);
  }
});

test('it says what it shows, and names every point', () => {
  const svg = svgScatter(scatter)!;
  expect(svg).toContain('role="img" aria-labelledby="picture-title picture-description"');
  expect(svg).toContain('<title id="picture-title">a picture</title>');
  expect(svg).toContain('<title>first: hundred &amp; more</title>');
  expect(svg).toContain('second (1)');
  for (const tick of ['1 s', '10 s', '100 s']) expect(svg).toContain(`>${tick}<`);
});

test('series behind the sixth are named together', () => {
  const series = Array.from({length: 9}, (_, i) => ({name: `s${i}`, points: [{x: i + 1, y: 1, name: ''}]}));
  const svg = svgScatter({...scatter, series})!;
  expect(svg).toContain('others: s6, s7, s8');
  expect(svg.match(/<g class="mark series-rest"/g)).toHaveLength(3);
});

test('points without a place on logarithmic axes are left out', () => {
  const series = [{name: 'a', points: [{x: 0, y: 1, name: 'no'}, ...scatter.series[0]!.points]}];
  expect(marks(svgScatter({...scatter, series})!)).toHaveLength(2);
  expect(svgScatter({...scatter, series: [{name: 'a', points: [{x: 0, y: 1, name: 'no'}]}]})).toBeNull();
});
