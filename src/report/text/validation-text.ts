import {
  assumptionsOf,
  type CountedReason,
  skippedReasons,
  summarize,
  type ValidationRow,
  type ValidationSummary,
} from '../../calibration/validation.js';
import {formatCount, formatPercent} from '../../units/format-quantity.js';
import type {Page} from '../page/page.js';
import {paint} from '../page/paint.js';
import {renderTable} from '../page/table.js';
import {wrap} from '../page/wrap.js';

/** The accuracy of each source and of all rows, and why rows were left out. */
export function renderValidation(page: Page, rows: readonly ValidationRow[]): string[] {
  const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
  return [
    paint(page, 'title', 'predicted against measured'),
    ...renderTable(page, {
      columns: [
        {title: 'source', align: 'left', drop: 0},
        right('rows', 4),
        right('predicted', 0),
        right('step time MAPE', 0),
        right('median', 1),
        right('bias', 2),
        right('worst', 5),
        right('in band', 6),
        right('memory MAPE', 3),
        right('fit right', 7),
      ],
      rows: summarize(rows).map(summaryRow),
    }),
    ...skippedLines(page, rows),
  ];
}

function summaryRow({
  source,
  rows,
  predicted,
  stepTime,
  peakMemory,
  insideBand,
  fit,
}: ValidationSummary): string[] {
  const percent = (fraction: number | undefined | null) => (fraction == null ? '' : formatPercent(fraction));
  const signed = (fraction: number | undefined) =>
    fraction === undefined ? '' : `${fraction > 0 ? '+' : ''}${formatPercent(fraction)}`;
  return [
    source,
    formatCount(rows),
    formatCount(predicted),
    percent(stepTime?.meanAbsoluteError),
    percent(stepTime?.medianAbsoluteError),
    signed(stepTime?.bias),
    percent(stepTime?.worstAbsoluteError),
    percent(insideBand),
    percent(peakMemory?.meanAbsoluteError),
    predicted === 0 ? '' : percent(fit.right / predicted),
  ];
}

function skippedLines(page: Page, rows: readonly ValidationRow[]): string[] {
  return [
    ...countedLines(page, 'assumed where the table says nothing', assumptionsOf(rows)),
    ...countedLines(page, 'not predicted', skippedReasons(rows)),
  ];
}

function countedLines(page: Page, title: string, reasons: readonly CountedReason[]): string[] {
  if (reasons.length === 0) return [];
  return [
    '',
    paint(page, 'title', title),
    ...reasons.flatMap(({reason, count}) =>
      wrap(page, `${formatCount(count)} ${reason}`, {indent: '  ', hanging: '    '}),
    ),
  ];
}
