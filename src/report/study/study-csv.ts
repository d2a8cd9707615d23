import type {StudyRow} from './study-row.js';
import {formatStudyValue} from './study-table.js';

/** The rows of a study as a table for other programs: SI units, the unit in the name of the column. */
export function studyCsv(axes: readonly string[], rows: readonly StudyRow[]): string {
  const header = [...axes, 'verdict', 'reason', ...columns.map(([name]) => name)];
  const lines = rows.map(row => [
    ...axes.map(axis => formatStudyValue(row.values[axis])),
    row.verdict,
    row.reason ?? '',
    ...columns.map(([, cell]) => (row.best === null ? '' : cell(row.best))),
  ]);
  return [header, ...lines].map(cells => cells.map(quoted).join(',')).join('\n');
}

type Figures = NonNullable<StudyRow['best']>;

const columns: readonly (readonly [name: string, cell: (best: Figures) => string])[] = [
  ['step_seconds', best => String(best.stepSeconds)],
  ['run_seconds', best => String(best.runSeconds.p50)],
  ['run_seconds_p10', best => String(best.runSeconds.p10)],
  ['run_seconds_p90', best => String(best.runSeconds.p90)],
  ['device_hours', best => String(best.deviceHours)],
  ['cost_usd', best => (best.costUsd === null ? '' : String(best.costUsd))],
  ['energy_joules', best => String(best.energyJoules)],
  ['model_flops_utilization', best => String(best.modelFlopsUtilization)],
  ['memory_share', best => String(best.memoryShare)],
  ['tensor', best => String(best.layout.tensor)],
  ['pipeline', best => String(best.layout.pipeline)],
  ['data', best => String(best.layout.data)],
  ['context', best => String(best.layout.context)],
  ['expert', best => String(best.layout.expert)],
  ['micro_batch', best => String(best.layout.microBatch)],
];

/** RFC 4180: quotes around what holds a comma, a quote or a line break. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
