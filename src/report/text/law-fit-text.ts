import {formatCount, formatNumber, formatPercent} from '../../units/format-quantity.js';
import type {LawFitAnswer} from '../law-fit.js';
import {paint} from '../terminal/paint.js';
import {renderTable} from '../terminal/table.js';
import type {TerminalStyle} from '../terminal/terminal-style.js';
import {wrap} from '../terminal/wrap.js';

/** Fitted coefficients with their errors, next to the published ones. */
export function renderLawFit(style: TerminalStyle, answer: LawFitAnswer): string[] {
  const {name, law, fit} = answer;
  const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
  return [
    paint(style, 'title', `${name} fitted to ${formatCount(fit.rows)} runs`),
    ...wrap(style, `L = ${law.form.equation}`, {indent: '', hanging: '    '}),
    '',
    ...renderTable(style, {
      columns: [
        {title: 'coefficient', align: 'left', drop: 0},
        right('fitted', 0),
        right('error', 1),
        right('low', 3),
        right('high', 3),
        right('published', 2),
      ],
      rows: Object.entries(fit.coefficients).map(([coefficient, {value, standardError, low, high}]) => [
        coefficient,
        ...[value, standardError, low, high, law.coefficients[coefficient]?.value ?? Number.NaN].map(figure =>
          formatNumber(figure, 4),
        ),
      ]),
    }),
    '',
    ...closingLines(answer).flatMap(line => wrap(style, line, {indent: '', hanging: '    '})),
  ];
}

function closingLines({law, fit, left, options}: LawFitAnswer): string[] {
  const leftOut = [
    ...(left.incomplete === 0 ? [] : [`${formatCount(left.incomplete)} with an empty cell`]),
    ...(left.filtered === 0 ? [] : [`${formatCount(left.filtered)} by the condition`]),
  ];
  return [
    `residual ${formatPercent(fit.residual)} (root mean square of the log), Huber loss ${formatNumber(fit.huberLoss)}`,
    `errors and 80 % intervals of ${formatCount(options.bootstraps)} resamples, seed ${options.seed}`,
    ...(leftOut.length === 0 ? [] : [`rows left out: ${leftOut.join(', ')}`]),
    `published: ${law.title}`,
  ];
}
