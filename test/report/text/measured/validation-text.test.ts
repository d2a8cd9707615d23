import {describe, expect, test} from 'vitest';
import {groupings, summarize} from '../../../../src/calibration/summary/summarize.js';
import type {ValidationRow} from '../../../../src/calibration/validation.js';
import {displayWidth} from '../../../../src/report/terminal/display-width.js';
import {renderValidationRows} from '../../../../src/report/text/measured/validation-rows.js';
import {renderValidation} from '../../../../src/report/text/measured/validation-text.js';
import {predictedRow} from '../../../calibration/predicted-row.js';

const weighed = predictedRow('mine-0006', null, 3);
const rows: readonly ValidationRow[] = [
  ...[2, 4, 8, 16, 32].map((seconds, i) => predictedRow(`mine-000${i + 1}`, seconds, seconds * 1.05)),
  {...weighed, measured: {...weighed.measured, peakMemoryBytes: 2, fits: false}},
  {...predictedRow('mine-0007', 1, 9), confidence: 'low'},
  {status: 'skipped', id: 'mine-0008', source: 'mine', reason: 'unknown: tp'},
];
const validation = summarize(rows);
const wide = {width: 100, color: false, unicode: true};

test('tables of step time, ranking and memory, and what was left out', () => {
  const lines = renderValidation(wide, validation, 'source');
  expect(lines.filter(line => !/[\u2800-\u28ff│┤└]/u.test(line)).join('\n')).toMatchInlineSnapshot(`
    "step time, predicted against measured
    source  rows  predicted  timed  MAPE  median  p90  bias  worst  in band  floor
    mine       8          7      5   5 %     5 %  5 %  +5 %    5 %    100 %
    step times of low confidence, predicted and not counted: 1

    predicted step time
          2 s                          5 s                  10 s                  20 s
                                                                                               measured

    choice of a layout in sweeps of five or more
    source  sweeps  rank correlation  regret  p90  worst
    mine         1              1.00     0 %  0 %    0 %
    Regret: how much slower than the fastest layout measured the one predicted fastest is, mean over
      sweeps.

    memory
    source  allocated  MAPE  median   bias  in band  reserved  MAPE  fit right  false alarms  missed
    mine            1  50 %    50 %  -50 %      0 %         0           85.7 %             0  1 of 1
    Missed: ran out of memory, though predicted to fit. False alarms: ran, though predicted not to.

    software stack taken for each framework
    framework    stack    rows
    a framework  generic     7

    not predicted
      1 unknown: tp"
  `);
});

test('groups are what the user asks for', () => {
  const text = renderValidation(wide, validation, 'hardware').join('\n');
  expect(text).toMatch(/^hardware\s+rows/m);
  expect(text).toMatch(/^h100\s+7/m);
});

test('row by row: errors, verdicts, and the reason where there is no prediction', () => {
  expect(renderValidationRows({...wide, width: 140}, rows).join('\n')).toMatchInlineSnapshot(`
    "row by row
    row                         measured  predicted   error  memory  predicted  error  fits    hardware  software
    mine-0001                        2 s      2.1 s    +5 %                1 B         yes     h100      generic
    mine-0002                        4 s      4.2 s    +5 %                1 B         yes     h100      generic
    mine-0003                        8 s      8.4 s    +5 %                1 B         yes     h100      generic
    mine-0004                       16 s     16.8 s    +5 %                1 B         yes     h100      generic
    mine-0005                       32 s     33.6 s    +5 %                1 B         yes     h100      generic
    mine-0006                                   3 s             2 B        1 B  -50 %  missed  h100      generic
    mine-0007 (low confidence)       1 s        9 s  +800 %                1 B         yes     h100      generic
    mine-0008 not predicted: unknown: tp"
  `);
});

describe.each([60, 80, 200])('%i columns', width => {
  const style = {width, color: true, unicode: true};

  test.each(groupings)('by %s: no line is wider', grouping => {
    for (const line of renderValidation(style, validation, grouping)) {
      expect(displayWidth(line), line).toBeLessThanOrEqual(width);
    }
  });

  test('rows: no line is wider', () => {
    for (const line of renderValidationRows(style, rows)) {
      expect(displayWidth(line), line).toBeLessThanOrEqual(width);
    }
  });
});
