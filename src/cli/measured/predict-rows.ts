import {stepWork} from '../../calibration/baselines/step-work.js';
import {configurationOf} from '../../calibration/configuration.js';
import type {MeasurementRow} from '../../calibration/measurement.js';
import {predictMeasurement} from '../../calibration/predict-measurement.js';
import {sourceOf, sweepOf} from '../../calibration/sweep.js';
import type {ValidationRow} from '../../calibration/validation.js';
import {makeCluster} from '../../cluster/make-cluster.js';
import type {Problem} from '../../plan-file/problem.js';
import {type Machines, type MatchedRow, matchRows} from './match-rows.js';

/** Predicts every row of tables of measured runs; what cannot be predicted says why. */
export async function predictRows(
  rows: readonly MeasurementRow[],
  machines: Machines,
): Promise<{readonly rows: readonly ValidationRow[]} | {readonly problems: readonly Problem[]}> {
  const matched = await matchRows(rows, machines);
  return 'problems' in matched ? matched : {rows: matched.rows.map(predictRow)};
}

function predictRow(matched: MatchedRow): ValidationRow {
  const {id} = matched;
  const source = sourceOf(id);
  if ('reason' in matched) return {status: 'skipped', id, source, reason: matched.reason};
  const {run, profile, software, stack} = matched;
  const predicted = predictMeasurement(run, makeCluster(profile, stack, run.numDevices));
  if ('reason' in predicted) return {status: 'skipped', id, source, reason: predicted.reason};
  return {
    status: 'predicted',
    id,
    source,
    sweep: sweepOf(run),
    configuration: configurationOf(run),
    framework: run.framework,
    confidence: run.confidence,
    hardware: profile.name,
    software,
    work: stepWork(run, profile.accelerator),
    assumptions: run.assumptions,
    measured: run.measured,
    predicted,
  };
}
