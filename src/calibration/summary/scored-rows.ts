import {type BaselineName, baselineNames} from '../baselines/baselines.js';
import {predictBaseline} from '../baselines/predict-baseline.js';
import type {PredictedRow, ValidationRow} from '../validation.js';

/** A row whose step time counts: measured, and not of low confidence. */
export interface ScoredRow {
  readonly row: PredictedRow;
  readonly stepSeconds: number;
  /** Step time by each baseline, fitted to rows of other sweeps. NaN where there is no other sweep. */
  readonly baselines: Readonly<Record<BaselineName, number>>;
}

/** Rows that step times are judged by, with the baselines that are fitted to them. */
export function scoredRows(rows: readonly ValidationRow[]): readonly ScoredRow[] {
  const counted = rows.flatMap(row =>
    row.status === 'predicted' && row.confidence !== 'low' && row.measured.stepSeconds !== null
      ? [{row, stepSeconds: row.measured.stepSeconds}]
      : [],
  );
  const runs = counted.map(({row, stepSeconds}) => {
    const {sweep, hardware, software, work} = row;
    return {sweep, hardware, software, work, stepSeconds};
  });
  const predicted = baselineNames.map(name => [name, predictBaseline(name, runs)] as const);
  return counted.map((run, i) => ({
    ...run,
    baselines: Object.fromEntries(
      predicted.map(([name, seconds]) => [name, seconds[i] ?? Number.NaN]),
    ) as Record<BaselineName, number>,
  }));
}
