import {type TrainingResult, trainingClasses} from '../../calibration/training-rows/training-row.js';

/** Whole training runs, predicted and published, as other programs read them. */
export function trainingValidationJson(results: readonly TrainingResult[], version: string) {
  return {
    walltime: version,
    rows: results.map(row => ({
      id: row.id,
      kind: 'training',
      status: row.status,
      reason: row.status === 'skipped' ? row.reason : null,
      counted: row.isCounted,
      hardware: row.hardware,
      measured: {deviceHours: row.deviceHours, days: row.days},
      predicted: row.status === 'skipped' ? null : {...row.predicted},
    })),
    summary: trainingClasses(results),
  };
}
