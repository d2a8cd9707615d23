import {assumptionsOf, skippedReasons, summarize, type ValidationRow} from '../../calibration/validation.js';

/** Predictions against measurements as other programs read them. Pure data. */
export function validationJson(rows: readonly ValidationRow[], version: string) {
  const summaries = summarize(rows);
  return {
    walltime: version,
    rows: rows.map(rowJson),
    summary: {
      ...summaries.at(-1),
      sources: summaries.slice(0, -1),
      skippedReasons: skippedReasons(rows),
      assumptions: assumptionsOf(rows),
    },
  };
}

function rowJson(row: ValidationRow) {
  const {id, status} = row;
  if (row.status === 'skipped') {
    return {
      id,
      status,
      reason: row.reason,
      hardware: null,
      software: null,
      assumptions: [],
      measured: null,
      predicted: null,
    };
  }
  const {hardware, software, assumptions, measured, predicted} = row;
  return {
    id,
    status,
    reason: null,
    hardware,
    software,
    assumptions,
    measured: {
      stepSeconds: measured.stepSeconds,
      peakMemoryBytes: measured.peakMemoryBytes,
      reservedMemoryBytes: measured.reservedMemoryBytes,
      fits: measured.fits,
    },
    predicted: {...predicted},
  };
}
