import {expect, test} from 'vitest';
import {plainBar, stackedBar} from '../../src/report/terminal/bar.js';
import {displayWidth, padStart, truncate} from '../../src/report/terminal/display-width.js';
import {renderTable} from '../../src/report/terminal/table.js';
import type {TerminalStyle} from '../../src/report/terminal/terminal-style.js';
import {wrap} from '../../src/report/terminal/wrap.js';
import {stepBar, stepTable} from '../../src/report/text/simulation/step-parts.js';
import {stepPartsOf} from '../plan-maker.js';

const style = (width: number, unicode = true): TerminalStyle => ({width, color: false, unicode});

const parts = stepPartsOf({forward: 2, backward: 4, pipelineBubble: 1.5, launch: 0.5});

test('the parts of a step as a bar', () => {
  expect(stepBar(style(40), parts)).toEqual([
    '  █████████████████████████████░░░░░░░··',
    '  █ compute 75 %',
    '  ░ pipeline bubble 19 %',
    '  · host, optimizer 6.3 %',
  ]);
});

test('the parts of a step as a table, longest bar for the largest part', () => {
  expect(stepTable(style(60), parts)).toEqual([
    '  forward                  2 s   25 %  ██████████▌',
    '  backward                 4 s   50 %  █████████████████████',
    '  waiting for launches  500 ms  6.3 %  ██▋',
    '  pipeline bubble        1.5 s   19 %  ███████▉',
  ]);
});

test('the same without block characters, on a page too narrow for bars', () => {
  expect(stepTable(style(40, false), parts)).toEqual([
    '  forward                  2 s   25 %',
    '  backward                 4 s   50 %',
    '  waiting for launches  500 ms  6.3 %',
    '  pipeline bubble        1.5 s   19 %',
  ]);
});

test('on a page too narrow for shares the seconds stay', () => {
  expect(stepTable(style(34, false), parts)[2]).toBe('  waiting for launches  500 ms');
});

test('a stacked bar ends where the sum lies, and stops at its full length', () => {
  const segments = [
    {amount: 1, kind: 'first' as const},
    {amount: 1, kind: 'second' as const},
    {amount: 2, kind: 'third' as const},
  ];
  expect(stackedBar(style(80), segments, 8, 16)).toEqual({text: '██▓▓▒▒▒▒', used: 8});
  expect(stackedBar(style(80, false), segments, 2, 4)).toEqual({text: '##++', used: 4});
});

test('a plain bar counts in eighths of a column', () => {
  expect(plainBar(style(80), 3, 16, 4)).toBe('▊');
  expect(plainBar(style(80), 16, 16, 4)).toBe('████');
  expect(plainBar(style(80, false), 8, 16, 4)).toBe('##');
});

test('a table gives up columns until it fits, and cuts its first one last', () => {
  const table = {
    columns: [
      {title: 'name', align: 'left', drop: 0},
      {title: 'first', align: 'right', drop: 1},
      {title: 'second', align: 'right', drop: 0},
    ],
    rows: [['a rather long name', '1', '22']],
  } as const;
  expect(renderTable(style(40), table)).toEqual([
    'name                first  second',
    'a rather long name      1      22',
  ]);
  expect(renderTable(style(28), table)).toEqual(['name                second', 'a rather long name      22']);
  expect(renderTable(style(20), table)).toEqual(['name          second', 'a rather l..      22']);
});

test('wide characters take two columns, combining marks and colours none', () => {
  expect(displayWidth('模型')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
  expect(displayWidth('\u001b[1mbold\u001b[0m')).toBe(4);
  expect(padStart('模', 4)).toBe('  模');
  expect(truncate('模型模型', 5)).toBe('模..');
});

test('a paragraph is broken between words', () => {
  expect(wrap(style(24), 'no layout of this plan fits in memory', {indent: '  ', hanging: '    '})).toEqual([
    '  no layout of this plan',
    '    fits in memory',
  ]);
});
