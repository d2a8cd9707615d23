import {countReasons} from '../../../calibration/summary/counted-reasons.js';
import {formatCount, formatNumber, formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import {type CalibrationView, identifiedFrom} from '../../measured/calibration-view.js';
import {paint} from '../../terminal/paint.js';
import {renderTable} from '../../terminal/table.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';
import {errorCells} from '../../words/error-cells.js';

/** Errors before and after, the facts that moved, those that the runs do not determine, and the file written. */
export function renderCalibration(style: TerminalStyle, view: CalibrationView): string[] {
  const {hardware, software, runs, calibration} = view;
  const sweeps = new Set(runs.map(({sweep}) => sweep)).size;
  const title = `${software} on ${hardware}: ${formatCount(runs.length)} runs of ${formatCount(sweeps)} sweeps`;
  return [
    paint(style, 'title', title),
    ...errorTable(style, view),
    '',
    paint(style, 'title', 'facts that the runs identify'),
    ...factTable(style, view),
    ...unidentified(style, view),
    ...trustLines(style, calibration.trust),
    ...skippedLines(style, view),
    '',
    ...wrap(style, `profile written: ${view.out}`, {indent: '', hanging: '  '}),
  ];
}

function errorTable(style: TerminalStyle, {calibration}: CalibrationView): string[] {
  const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
  const {before, after, crossValidated} = calibration;
  return renderTable(style, {
    columns: [
      {title: 'step time', align: 'left', drop: 0},
      right('MAPE', 0),
      right('median', 0),
      right('p90', 2),
      right('bias', 1),
      right('worst', 3),
    ],
    rows: [
      ['before', ...errorCells(before)],
      ['after, on the same runs', ...errorCells(after)],
      ['after, on runs held out', ...errorCells(crossValidated)],
    ],
  });
}

function factTable(style: TerminalStyle, {calibration}: CalibrationView): string[] {
  const facts = calibration.facts.filter(({identified}) => identified >= identifiedFrom);
  if (facts.length === 0) return ['none: more runs, or runs that differ more, would'];
  const value = (unit: string, number: number) =>
    unit === 'seconds' ? formatSeconds(number) : formatNumber(number);
  return renderTable(style, {
    columns: [
      {title: 'fact', align: 'left', drop: 0},
      {title: 'before', align: 'right', drop: 1},
      {title: 'after', align: 'right', drop: 0},
      {title: 'identified', align: 'right', drop: 2},
    ],
    rows: facts.map(({fact, before, after, identified}) => [
      fact.key,
      value(fact.unit, before),
      value(fact.unit, after),
      formatPercent(identified, 2),
    ]),
  });
}

function unidentified(style: TerminalStyle, {calibration}: CalibrationView): string[] {
  const keys = calibration.facts
    .filter(({identified}) => identified < identifiedFrom)
    .map(({fact}) => fact.key);
  if (keys.length === 0) return [];
  return wrap(style, `the runs say little of ${keys.join(', ')}`, {indent: '', hanging: '  '});
}

function trustLines(style: TerminalStyle, trust: number): string[] {
  if (trust === 1) return [];
  const text =
    trust === 0
      ? 'runs that were held out are predicted best by the stack as it was: nothing was changed'
      : `${formatPercent(trust, 2)} of the fit was kept: that predicts runs that were held out best`;
  return wrap(style, text, {indent: '', hanging: '  '});
}

/** Reasons that are shown one by one; rarer ones are only counted. */
const mostReasons = 6;

function skippedLines(style: TerminalStyle, {skipped}: CalibrationView): string[] {
  const reasons = countReasons(skipped);
  const others = reasons.slice(mostReasons);
  const rest = others.reduce((sum, {count}) => sum + count, 0);
  const lines = reasons.slice(0, mostReasons).map(({reason, count}) => `${formatCount(count)} ${reason}`);
  if (others.length > 0) lines.push(`${formatCount(rest)} for ${formatCount(others.length)} other reasons`);
  return lines.flatMap(line => wrap(style, `not used: ${line}`, {indent: '', hanging: '  '}));
}
