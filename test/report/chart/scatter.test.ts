import {describe, expect, test} from 'vitest';
import {renderScatter, type Scatter} from '../../../src/report/chart/scatter.js';
import {displayWidth} from '../../../src/report/terminal/display-width.js';

const format = (value: number) => `${value} s`;

const scatter: Scatter = {
  x: {title: 'measured', format},
  y: {title: 'predicted', format},
  points: [
    {x: 1, y: 1},
    {x: 10, y: 1},
    {x: 100, y: 100},
  ],
  diagonal: true,
};

const style = {width: 30, color: false, unicode: true};

test('a picture of three points, one of them far below the diagonal', () => {
  expect(renderScatter(style, scatter)).toMatchInlineSnapshot(`
    [
      "predicted",
      "100 s┤                    ⢀⠔⠂",
      "     │                  ⡠⠒⠁",
      "     │               ⢀⠔⠊",
      "     │             ⡠⠊⠁",
      " 10 s┤          ⣀⠔⠉",
      "     │       ⢀⡠⠊",
      "     │     ⣀⠔⠁",
      "     │  ⢀⠤⠊",
      "  1 s┤⠠⠔⠁        ⠠",
      "     └┴──────────┴──────────┴",
      "      1 s      10 s     100 s",
      "                     measured",
    ]
  `);
});

test('signs of ASCII where the page has no others', () => {
  const lines = renderScatter({...style, unicode: false}, scatter);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII starts with one
  for (const line of lines) expect(line).toMatch(/^[\x00-\x7f]*$/);
  expect(lines.join('')).toContain('.');
});

test('without a point above zero nothing is drawn', () => {
  expect(renderScatter(style, {...scatter, points: [{x: 0, y: 1}]})).toEqual([]);
  expect(renderScatter(style, {...scatter, points: []})).toEqual([]);
});

test('without a diagonal each axis spans its own values', () => {
  const lines = renderScatter(style, {...scatter, diagonal: false, points: scatter.points.slice(0, 2)});
  expect(lines.join('\n')).not.toContain('100 s');
});

describe.each([40, 60, 80, 200])('%i columns', width => {
  test('no line is wider, in colour or without', () => {
    for (const color of [true, false]) {
      for (const line of renderScatter({width, color, unicode: true}, scatter)) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });
});
