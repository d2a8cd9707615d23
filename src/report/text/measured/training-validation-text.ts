import {type TrainingResult, trainingClasses} from '../../../calibration/training-rows/training-row.js';
import {formatCount, formatNumber, formatPercent} from '../../../units/format-quantity.js';
import {renderScatter} from '../../chart/scatter.js';
import {paint} from '../../terminal/paint.js';
import {type Column, renderTable} from '../../terminal/table.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';

const left = (title: string, drop: number): Column => ({title, align: 'left', drop});
const right = (title: string, drop: number): Column => ({title, align: 'right', drop});

/** Whole training runs: a line each, the classes, and predicted against published hours. */
export function renderTrainingValidation(style: TerminalStyle, results: readonly TrainingResult[]): string[] {
  const skipped = results.flatMap(row => (row.status === 'skipped' ? [`${row.id}: ${row.reason}`] : []));
  return [
    paint(style, 'title', 'device-hours of whole training runs, by the calendar'),
    ...renderTable(style, {
      columns: [
        left('training run', 0),
        right('published', 0),
        right('predicted', 0),
        right('ratio', 0),
        right('P10', 2),
        right('P90', 1),
        right('clean', 4),
        left('layout', 3),
        left('', 0),
      ],
      rows: results.flatMap(resultCells),
    }),
    '',
    paint(style, 'title', 'by class, rows of low confidence left out'),
    ...renderTable(style, {
      columns: [
        left('class', 0),
        right('runs', 0),
        right('median ratio', 0),
        right('mean |log|', 1),
        right('inside P10 to P90', 0),
        right('below P90', 0),
        right('P90 / P10', 2),
      ],
      rows: trainingClasses(results).map(row => [
        row.name,
        formatCount(row.count),
        formatNumber(row.medianRatio, 2),
        formatNumber(row.meanAbsoluteLogRatio, 2),
        formatPercent(row.insideBand, 2),
        formatPercent(row.belowP90, 2),
        formatNumber(row.medianWidth, 2),
      ]),
    }),
    ...picture(style, results),
    ...(skipped.length === 0 ? [] : ['', paint(style, 'title', 'not predicted')]),
    ...skipped.flatMap(line => wrap(style, line, {indent: '  ', hanging: '    '})),
  ];
}

function resultCells(row: TrainingResult): string[][] {
  if (row.status === 'skipped') return [];
  const {deviceHours, deviceHoursP10, deviceHoursP90, cleanDeviceHours, isLayoutStated} = row.predicted;
  const published = row.deviceHours;
  return [
    [
      row.id,
      published === null ? '' : formatCount(published),
      formatCount(deviceHours),
      published === null ? '' : formatNumber(deviceHours / published, 2),
      formatCount(deviceHoursP10),
      formatCount(deviceHoursP90),
      formatCount(cleanDeviceHours),
      isLayoutStated ? 'stated' : 'open',
      published === null ? '' : place(published, deviceHoursP10, deviceHoursP90),
    ],
  ];
}

function place(published: number, p10: number, p90: number): string {
  return published > p90 ? 'above P90' : published < p10 ? 'below P10' : 'inside';
}

const fewestPoints = 3;

/** Published hours against the predicted P10, P50 and P90 of each run. */
function picture(style: TerminalStyle, results: readonly TrainingResult[]): string[] {
  const points = results.flatMap(row => {
    if (row.status === 'skipped' || row.deviceHours === null) return [];
    const {deviceHours, deviceHoursP10, deviceHoursP90} = row.predicted;
    const x = row.deviceHours;
    return [deviceHoursP10, deviceHours, deviceHoursP90].map(y => ({x, y}));
  });
  if (points.length < fewestPoints) return [];
  const format = (hours: number) => formatCount(hours);
  return [
    '',
    ...renderScatter(style, {
      x: {title: 'published device-hours', format},
      y: {title: 'predicted P10, P50 and P90', format},
      points,
      diagonal: true,
    }),
  ];
}
