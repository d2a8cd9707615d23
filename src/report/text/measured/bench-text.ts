import {formatBytes, formatCount, formatNumber, formatSeconds} from '../../../units/format-quantity.js';
import {
  type BenchFigure,
  type BenchView,
  benchFigures,
  takenFigures,
  timedOnly,
} from '../../measured/bench-view.js';
import {paint} from '../../terminal/paint.js';
import {renderTable} from '../../terminal/table.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';
import {percent} from '../../words/error-cells.js';

/** What was measured, how near the model is to it, and what was taken from another machine. */
export function renderBench(style: TerminalStyle, view: BenchView): string[] {
  const {device, fit, out, skipped, kernels, noisyRows} = view;
  const base = fit.isKnown
    ? `${fit.profile.name} has this accelerator`
    : `no machine is known by this name: ${fit.profile.name} has the nearest accelerator`;
  const taken = takenFigures(fit).length;
  const line = (text: string) => wrap(style, text, {indent: '', hanging: '  '});
  return [
    paint(style, 'title', device),
    ...line(base),
    '',
    paint(style, 'title', 'measured here'),
    ...figureTable(style, benchFigures(fit)),
    '',
    paint(style, 'title', 'error of the model on the rows measured'),
    ...errorTable(style, view),
    '',
    ...line(`${formatCount(taken)} figures are those of ${fit.profile.name}: --json names them`),
    ...(noisyRows === 0
      ? []
      : line(
          `${formatCount(noisyRows)} rows vary by a factor of two or more: the machine had other work; measure it again alone`,
        )),
    ...timedOnly(kernels).flatMap(({op, hidden, seconds}) =>
      line(
        `timed, and no figure of a machine: ${op}${hidden === null ? '' : ` of width ${hidden}`} ${formatSeconds(seconds)}`,
      ),
    ),
    ...skipped.flatMap(({op, reason}) => line(`not measured: ${op}: ${reason}`)),
    ...line(`profile written: ${out}; in a plan, cluster: {hardware: ./${out}}`),
  ];
}

function figureTable(style: TerminalStyle, figures: readonly BenchFigure[]): string[] {
  return renderTable(style, {
    columns: [
      {title: 'figure', align: 'left', drop: 0},
      {title: 'before', align: 'right', drop: 1},
      {title: 'here', align: 'right', drop: 0},
      {title: 'from', align: 'left', drop: 2},
    ],
    rows: figures.map(({path, before, after, unit, from}) => [
      path.replace(/^accelerator\.kernels\./, ''),
      before === null ? '' : amount(before, unit),
      amount(after, unit),
      from.join(', '),
    ]),
  });
}

function amount(value: number, unit: BenchFigure['unit']): string {
  if (unit === 'seconds') return formatSeconds(value);
  if (unit === 'bytes') return formatBytes(value);
  if (unit === 'bytes/s') return `${formatNumber(value / 1e9)} GB/s`;
  return unit === 'FLOP/s' ? `${formatNumber(value / 1e12)} TFLOP/s` : formatNumber(value);
}

function errorTable(style: TerminalStyle, {before, after}: BenchView): string[] {
  const errorBefore = new Map(before.slices.map(({op, accuracy}) => [op, accuracy?.medianAbsoluteError]));
  return renderTable(style, {
    columns: [
      {title: 'op', align: 'left', drop: 0},
      {title: 'rows', align: 'right', drop: 1},
      {title: 'before', align: 'right', drop: 0},
      {title: 'after', align: 'right', drop: 0},
      {title: 'worst', align: 'right', drop: 2},
    ],
    rows: after.slices
      .filter(({accuracy}) => accuracy !== null)
      .map(({op, predicted, accuracy}) => [
        op,
        formatCount(predicted),
        percent(errorBefore.get(op)),
        percent(accuracy?.medianAbsoluteError),
        percent(accuracy?.worstAbsoluteError),
      ]),
  });
}
