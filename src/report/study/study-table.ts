import {formatCount, formatPercent, formatSeconds, formatUsd} from '../../units/format-quantity.js';
import type {TerminalStyle} from '../page/page.js';
import {paint} from '../page/paint.js';
import {renderTable} from '../page/table.js';
import {wrap} from '../page/wrap.js';
import {formatDegrees} from '../text/format-layout.js';
import {formatVariant} from '../text/plan/format-variant.js';
import type {StudyRow} from './study-row.js';

/** The plans of a study side by side. */
export function renderStudy(
  page: TerminalStyle,
  axes: readonly string[],
  rows: readonly StudyRow[],
  cells: number,
): string[] {
  const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
  const table = renderTable(page, {
    columns: [
      ...axes.map(axis => right(axis.split('.').at(-1) ?? axis, 0)),
      {title: 'goal', align: 'left', drop: 0},
      right('run', 0),
      right('P90', 4),
      right('cost', 1),
      right('device-hours', 5),
      right('MFU', 2),
      right('memory', 6),
      {title: 'layout', align: 'left', drop: 3},
    ],
    rows: rows.map(row => [
      ...axes.map(axis => formatStudyValue(row.values[axis])),
      row.verdict,
      ...figures(row),
    ]),
  });
  const space = rows.reduce((sum, {counts}) => sum + (counts?.space ?? 0), 0);
  const isWhole = rows.length === cells && rows.every(({optimal}) => optimal);
  const proof = isWhole
    ? `each is the best of its plan: ${formatCount(space)} layouts of ${cells} plans timed or excluded`
    : `not certified, the study did not end: ${rows.length} of ${cells} plans`;
  const reasons = new Set(rows.flatMap(({reason}) => (reason === null ? [] : [reason])));
  return [
    ...table,
    '',
    ...[...reasons].flatMap(reason => wrap(page, `not possible: ${reason}`, {hanging: '  '})),
    ...wrap(page, proof).map(line => paint(page, 'quiet', line)),
  ];
}

function figures({best}: StudyRow): string[] {
  if (best === null) return [];
  const {runSeconds, costUsd, deviceHours, modelFlopsUtilization, memoryShare, layout, choices} = best;
  return [
    formatSeconds(runSeconds.p50),
    formatSeconds(runSeconds.p90),
    costUsd === null ? 'n/a' : formatUsd(costUsd),
    formatCount(deviceHours),
    formatPercent(modelFlopsUtilization),
    formatPercent(memoryShare, 2),
    [...formatVariant(choices), formatDegrees(layout)].join(', '),
  ];
}

export function formatStudyValue(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
