import {groupBy, mean, median} from '../statistics.js';

/** A published training run: its hours, and the plan that describes it. */
export interface TrainingRow {
  readonly id: string;
  /** Null: not published. */
  readonly deviceHours: number | null;
  readonly days: number | null;
  readonly hardware: string;
  /** Low: the hours hold more than the plan trains; predicted and not counted. */
  readonly isCounted: boolean;
}

/** A training run with its whole-run forecast, or the reason why there is none. */
export type TrainingResult =
  | (TrainingRow & {readonly status: 'skipped'; readonly reason: string})
  | (TrainingRow & {readonly status: 'predicted'; readonly predicted: TrainingForecast});

/** Device-hours by the calendar. */
export interface TrainingForecast {
  readonly deviceHours: number;
  readonly deviceHoursP10: number;
  readonly deviceHoursP90: number;
  readonly cleanDeviceHours: number;
  readonly cleanDeviceHoursP10: number;
  readonly cleanDeviceHoursP90: number;
  readonly days: number;
  readonly isLayoutStated: boolean;
}

/** Accuracy of the runs of one class. */
export interface TrainingClass {
  readonly name: string;
  readonly count: number;
  /** Predicted over published device-hours. */
  readonly medianRatio: number;
  readonly meanAbsoluteLogRatio: number;
  readonly insideBand: number;
  readonly belowP90: number;
  /** P90 over P10. */
  readonly medianWidth: number;
}

type Counted = TrainingForecast & {readonly published: number; readonly hardware: string};

/** All runs, then those whose layout is stated and open, then those on each hardware; classes without a run are left out. */
export function trainingClasses(results: readonly TrainingResult[]): readonly TrainingClass[] {
  const counted = results.flatMap((row): Counted[] =>
    row.status === 'skipped' || row.deviceHours === null || !row.isCounted
      ? []
      : [{...row.predicted, published: row.deviceHours, hardware: row.hardware}],
  );
  const byLayout = groupBy(counted, ({isLayoutStated}) => (isLayoutStated ? 'layout stated' : 'layout open'));
  const groups = [['all', counted] as const, ...byLayout, ...groupBy(counted, ({hardware}) => hardware)];
  return groups.filter(([, own]) => own.length > 0).map(([name, own]) => classOf(name, own));
}

function classOf(name: string, rows: readonly Counted[]): TrainingClass {
  const ratios = rows.map(({deviceHours, published}) => deviceHours / published);
  const isBelow = ({published, deviceHoursP90}: Counted) => published <= deviceHoursP90;
  return {
    name,
    count: rows.length,
    medianRatio: median(ratios),
    meanAbsoluteLogRatio: mean(ratios.map(ratio => Math.abs(Math.log(ratio)))),
    insideBand: share(rows, row => isBelow(row) && row.published >= row.deviceHoursP10),
    belowP90: share(rows, isBelow),
    medianWidth: median(rows.map(({deviceHoursP10, deviceHoursP90}) => deviceHoursP90 / deviceHoursP10)),
  };
}

function share(rows: readonly Counted[], holds: (row: Counted) => boolean): number {
  return rows.filter(holds).length / rows.length;
}
