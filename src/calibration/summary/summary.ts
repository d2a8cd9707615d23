import {type Accuracy, accuracyOf} from '../accuracy.js';
import {type BaselineName, baselineNames} from '../baselines/baselines.js';
import type {PredictedRow, ValidationRow} from '../validation.js';
import {type FitCounts, fitCounts} from './fit-counts.js';
import type {ComparedRun} from './measured-sweeps.js';
import {type Noise, noiseOf} from './noise.js';
import {type Ranking, rankingOf} from './ranking.js';
import type {ScoredRow} from './scored-rows.js';

/** Accuracy of the predictions of rows; null for a figure that no row measured. */
export interface ValidationSummary {
  readonly rows: number;
  readonly predicted: number;
  readonly skipped: number;
  /** Predicted rows whose step time is not counted, because their confidence is low. */
  readonly lowConfidence: number;
  readonly stepTime: Accuracy | null;
  /** Allocated. */
  readonly peakMemory: Accuracy | null;
  readonly reservedMemory: Accuracy | null;
  /** Share of the measured step times between their predicted P10 and P90. */
  readonly insideBand: number | null;
  /** Share of the measured memory between its predicted P10 and P90. */
  readonly insideMemoryBand: number | null;
  readonly fit: FitCounts;
  readonly ranking: Ranking | null;
  readonly noise: Noise | null;
  readonly baselines: Readonly<Record<BaselineName, BaselineSummary | null>>;
}

/** Accuracy of a baseline on the same step times. */
export interface BaselineSummary {
  readonly stepTime: Accuracy;
  readonly ranking: Ranking | null;
}

/** @param scored those of `rows` whose step times count */
export function summaryOf(rows: readonly ValidationRow[], scored: readonly ScoredRow[]): ValidationSummary {
  const predicted = rows.filter(row => row.status === 'predicted');
  const runs = scored.map(run => comparedRun(run, run.row.predicted.stepSeconds));
  const inside = scored.filter(
    ({stepSeconds, row: {predicted}}) =>
      stepSeconds >= predicted.stepSecondsP10 && stepSeconds <= predicted.stepSecondsP90,
  );
  return {
    rows: rows.length,
    predicted: predicted.length,
    skipped: rows.length - predicted.length,
    lowConfidence: predicted.filter(
      ({confidence, measured}) => confidence === 'low' && measured.stepSeconds !== null,
    ).length,
    stepTime: accuracyOf(runs),
    peakMemory: memoryAccuracy(predicted, 'peakMemoryBytes'),
    reservedMemory: memoryAccuracy(predicted, 'reservedMemoryBytes'),
    insideBand: scored.length === 0 ? null : inside.length / scored.length,
    insideMemoryBand: memoryShare(predicted),
    fit: fitCounts(predicted),
    ranking: rankingOf(runs),
    noise: noiseOf(runs),
    baselines: Object.fromEntries(
      baselineNames.map(name => [name, baselineSummary(name, scored)]),
    ) as ValidationSummary['baselines'],
  };
}

function comparedRun({row: {sweep, configuration}, stepSeconds}: ScoredRow, predicted: number): ComparedRun {
  return {sweep, configuration, measured: stepSeconds, predicted};
}

function memoryAccuracy(
  rows: readonly PredictedRow[],
  figure: 'peakMemoryBytes' | 'reservedMemoryBytes',
): Accuracy | null {
  return accuracyOf(
    rows.flatMap(({predicted, measured}) => {
      const bytes = measured[figure];
      return bytes === null ? [] : [{measured: bytes, predicted: predicted[figure]}];
    }),
  );
}

function memoryShare(rows: readonly PredictedRow[]): number | null {
  const inside = rows.flatMap(({measured: {peakMemoryBytes: bytes}, predicted}) =>
    bytes === null ? [] : [bytes >= predicted.peakMemoryBytesP10 && bytes <= predicted.peakMemoryBytesP90],
  );
  return inside.length === 0 ? null : inside.filter(Boolean).length / inside.length;
}

function baselineSummary(name: BaselineName, scored: readonly ScoredRow[]): BaselineSummary | null {
  const runs = scored.flatMap(run =>
    Number.isNaN(run.baselines[name]) ? [] : [comparedRun(run, run.baselines[name])],
  );
  const stepTime = accuracyOf(runs);
  return stepTime === null ? null : {stepTime, ranking: rankingOf(runs)};
}
