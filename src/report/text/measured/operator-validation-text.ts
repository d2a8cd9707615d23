import type {OperatorResult} from '../../../calibration/operator-rows/operator-row.js';
import type {OperatorSlice, OperatorValidation} from '../../../calibration/operator-rows/operator-slices.js';
import {worstProfiles} from '../../../calibration/operator-rows/worst-profiles.js';
import {formatCount, formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import {paint} from '../../terminal/paint.js';
import {type Column, renderTable} from '../../terminal/table.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';
import {percent, signedPercent} from '../../words/error-cells.js';

const left = (title: string, drop: number): Column => ({title, align: 'left', drop});
const right = (title: string, drop: number): Column => ({title, align: 'right', drop});

/** Errors slice by slice, what was answered of all, and why the rest was not. */
export function renderOperatorValidation(
  style: TerminalStyle,
  {slices, total}: OperatorValidation,
): string[] {
  const {rows, leftOut, answered, medianOfSlices, reasons} = total;
  const ofSlices =
    medianOfSlices === null ? '' : `; median over slices of their median error ${percent(medianOfSlices)}`;
  const summary = `${formatCount(total.predicted)} of ${formatCount(rows - leftOut)} rows answered (${formatPercent(answered, 2)})${ofSlices}`;
  return [
    paint(style, 'title', 'kernels and collectives, predicted against measured'),
    ...renderTable(style, {
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
    ...wrap(style, summary, {indent: '', hanging: '  '}),
    ...worstLines(style, slices),
    ...(reasons.length === 0 ? [] : ['', paint(style, 'title', 'not answered')]),
    ...reasons.flatMap(({reason, count}) =>
      wrap(style, `${formatCount(count)} ${reason}`, {indent: '  ', hanging: '    '}),
    ),
  ];
}

/** Profiles that are listed; the others are nearer. */
const profilesListed = 5;

/** Profiles that are farthest off, and the figures that their worst operator rests on. */
function worstLines(style: TerminalStyle, slices: readonly OperatorSlice[]): string[] {
  const worst = worstProfiles(slices).slice(0, profilesListed);
  if (worst.length === 0) return [];
  return [
    '',
    paint(style, 'title', 'profiles that are farthest off'),
    ...renderTable(style, {
      columns: [
        left('profile', 0),
        right('rows', 3),
        right('median', 0),
        left('worst op', 0),
        right('error', 1),
        right('bias', 2),
      ],
      rows: worst.map(({profile, rows, medianOfSlices, worst: {op, medianError, medianBias}}) => [
        profile,
        formatCount(rows),
        percent(medianOfSlices),
        op,
        percent(medianError),
        signedPercent(medianBias),
      ]),
    }),
    ...worst.flatMap(({profile, worst: {op}, figures}) =>
      wrap(style, `${profile}: ${op} rests on ${figures.join(', ')}`, {indent: '  ', hanging: '    '}),
    ),
    ...wrap(style, 'on a machine of your own: walltime hardware measure, then calibrate --bench', {
      indent: '  ',
      hanging: '    ',
    }),
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
export function renderOperatorRows(style: TerminalStyle, rows: readonly OperatorResult[]): string[] {
  return [
    paint(style, 'title', 'row by row'),
    ...renderTable(style, {
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
      row.status === 'skipped' ? wrap(style, `${row.id} not answered: ${row.reason}`, {hanging: '  '}) : [],
    ),
  ];
}
