import type {OperatorResult} from '../../../calibration/operator-rows/operator-row.js';
import type {OperatorSlice, OperatorValidation} from '../../../calibration/operator-rows/operator-slices.js';
import {formatCount, formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import type {TerminalStyle} from '../../page/page.js';
import {paint} from '../../page/paint.js';
import {type Column, renderTable} from '../../page/table.js';
import {wrap} from '../../page/wrap.js';
import {percent, signedPercent} from './error-cells.js';

const left = (title: string, drop: number): Column => ({title, align: 'left', drop});
const right = (title: string, drop: number): Column => ({title, align: 'right', drop});

/** Errors slice by slice, what was answered of all, and why the rest was not. */
export function renderOperatorValidation(page: TerminalStyle, {slices, total}: OperatorValidation): string[] {
  const {rows, leftOut, answered, medianOfSlices, reasons} = total;
  const ofSlices =
    medianOfSlices === null ? '' : `; median over slices of their median error ${percent(medianOfSlices)}`;
  const summary = `${formatCount(total.predicted)} of ${formatCount(rows - leftOut)} rows answered (${formatPercent(answered, 2)})${ofSlices}`;
  return [
    paint(page, 'title', 'kernels and collectives, predicted against measured'),
    ...renderTable(page, {
      columns: [
        left('hardware', 0),
        left('op', 0),
        right('rows', 3),
        right('answered', 0),
        right('median', 0),
        right('p90', 2),
        right('bias', 1),
        left('priced on', 4),
      ],
      rows: slices.map(sliceCells),
    }),
    ...wrap(page, summary, {indent: '', hanging: '  '}),
    ...(reasons.length === 0 ? [] : ['', paint(page, 'title', 'not answered')]),
    ...reasons.flatMap(({reason, count}) =>
      wrap(page, `${formatCount(count)} ${reason}`, {indent: '  ', hanging: '    '}),
    ),
  ];
}

function sliceCells({hardware, op, rows, predicted, accuracy, medianBias, profile}: OperatorSlice): string[] {
  return [
    hardware,
    op,
    formatCount(rows),
    formatCount(predicted),
    percent(accuracy?.medianAbsoluteError),
    percent(accuracy?.p90AbsoluteError),
    signedPercent(medianBias),
    profile ?? '',
  ];
}

/** Every row that was predicted; then the others with the reason. */
export function renderOperatorRows(page: TerminalStyle, rows: readonly OperatorResult[]): string[] {
  return [
    paint(page, 'title', 'row by row'),
    ...renderTable(page, {
      columns: [
        left('row', 0),
        left('hardware', 1),
        left('op', 0),
        right('measured', 0),
        right('predicted', 0),
        right('error', 0),
      ],
      rows: rows.flatMap(row =>
        row.status === 'predicted'
          ? [
              [
                row.id,
                row.hardware,
                row.op,
                formatSeconds(row.measuredSeconds),
                formatSeconds(row.predictedSeconds),
                signedPercent(row.predictedSeconds / row.measuredSeconds - 1),
              ],
            ]
          : [],
      ),
    }),
    ...rows.flatMap(row =>
      row.status === 'skipped' ? wrap(page, `${row.id} not answered: ${row.reason}`, {hanging: '  '}) : [],
    ),
  ];
}
