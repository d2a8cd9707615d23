import {expect, test} from 'vitest';
import {svgTornado} from '../../src/report/html/svg-tornado.js';
import {displayWidth} from '../../src/report/terminal/display-width.js';
import {renderFasterWays, renderSensitivity} from '../../src/report/text/sensitivity-text.js';
import {tornadoRows} from '../../src/report/tornado.js';
import type {Sensitivity} from '../../src/search/sensitivity/sensitivities.js';

const figures: readonly Sensitivity[] = [
  {
    name: 'fabric latency',
    kind: 'hardware',
    changes: [
      {word: '/ 2', faster: 0, newLayout: null},
      {word: 'x 2', faster: 0, newLayout: null},
    ],
  },
  {
    name: 'memory',
    kind: 'hardware',
    changes: [
      {word: '/ 2', faster: null, newLayout: null},
      {word: 'x 2', faster: 0.1, newLayout: null},
    ],
  },
  {
    name: 'peak',
    kind: 'hardware',
    changes: [
      {word: '/ 2', faster: -0.4, newLayout: null},
      {word: 'x 2', faster: 0.8, newLayout: null},
    ],
  },
];

const style = {width: 60, color: false, unicode: false};

test('the tornado has the widest swing first, worse to the left, better to the right', () => {
  expect(renderSensitivity(style, figures, 'time')).toEqual([
    'what each figure is worth: faster when it is doubled or',
    'halved',
    '  peak    / 2 -40 %   ##|#### x 2 +80 %',
    '  memory                |#    x 2 +10 %, / 2 does not fit',
    '  no effect: fabric latency',
  ]);
});

test.each([30, 40, 60, 80, 120])('no line of the tornado is wider than %i columns', width => {
  for (const line of renderSensitivity({...style, width}, figures, 'cost')) {
    expect(displayWidth(line), line).toBeLessThanOrEqual(width);
  }
});

test('ways that are enough come first, the smallest change before others; the rest with what it gives', () => {
  const ways = [
    {name: 'peak', kind: 'hardware', factor: 2, word: null, reaches: true, faster: 0.21},
    {name: 'node bandwidth', kind: 'hardware', factor: null, word: null, reaches: false, faster: 0.08},
    {name: 'memory', kind: 'hardware', factor: 1.25, word: null, reaches: true, faster: 0.2},
    {name: 'node latency', kind: 'hardware', factor: null, word: null, reaches: false, faster: 0},
  ] as const;
  expect(renderFasterWays(style, ways, 0.2, 'time')).toEqual([
    'what would make it 20 % faster',
    '  memory x 1.25: +20 % faster',
    '  peak x 2: +21 % faster',
    '  not enough by itself, however far it is taken',
    '  node bandwidth: at most +8 % faster',
  ]);
});

test('the picture escapes its words and tells them to those who do not see it', () => {
  const [row] = tornadoRows(figures);
  if (row === undefined) throw new Error('a figure moves the answer');
  const svg = svgTornado('t', 'a < b', [{...row, name: '<script>'}]);
  expect(svg).toContain('&lt;script&gt;');
  expect(svg).not.toContain('<script>');
  expect(svg).toContain('<desc id="t-description">');
  expect(svgTornado('t', 'none', [])).toBeNull();
});
