import {formatCount, formatPercent, formatSeconds, formatUsd} from '../../units/format-quantity.js';
import {paint} from '../terminal/paint.js';
import {renderTable} from '../terminal/table.js';
import type {TerminalStyle} from '../terminal/terminal-style.js';
import {wrap} from '../terminal/wrap.js';
import {formatDegrees} from '../words/format-layout.js';
import {formatVariant} from '../words/format-variant.js';
import type {StudyRow} from './study-row.js';

/** The plans of a study side by side. */
export function renderStudy(
  style: TerminalStyle,
  axes: readonly string[],
  rows: readonly StudyRow[],
  cells: number,
): string[] {
  const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
  const table = renderTable(style, {
    columns: [
      ...axes.map(axis => right(axis.split('.').at(-1) ?? axis, 0)),
      {title: 'goal', align: 'left', drop: 0},
      right('calendar', 0),
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
    ...[...reasons].flatMap(reason => wrap(style, `not possible: ${reason}`, {hanging: '  '})),
    ...wrap(style, proof).map(line => paint(style, 'quiet', line)),
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
