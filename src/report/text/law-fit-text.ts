import {formatCount, formatNumber, formatPercent} from '../../units/format-quantity.js';
import type {LawFitAnswer} from '../law-fit.js';
import type {TerminalStyle} from '../page/page.js';
import {paint} from '../page/paint.js';
import {renderTable} from '../page/table.js';
import {wrap} from '../page/wrap.js';

/** The fitted coefficients with their errors, beside those that were published. */
export function renderLawFit(page: TerminalStyle, answer: LawFitAnswer): string[] {
  const {name, law, fit} = answer;
  const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
  return [
    paint(page, 'title', `${name} fitted to ${formatCount(fit.rows)} runs`),
    ...wrap(page, `L = ${law.form.equation}`, {indent: '', hanging: '    '}),
    '',
    ...renderTable(page, {
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
    ...closingLines(answer).flatMap(line => wrap(page, line, {indent: '', hanging: '    '})),
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
