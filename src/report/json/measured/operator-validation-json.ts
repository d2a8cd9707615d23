import type {OperatorResult} from '../../../calibration/operator-rows/operator-row.js';
import type {OperatorValidation} from '../../../calibration/operator-rows/operator-slices.js';
import {worstProfiles} from '../../../calibration/operator-rows/worst-profiles.js';

/** Kernels and collectives against measurements as other programs read them. Pure data. */
export function operatorValidationJson({rows, slices, total}: OperatorValidation, version: string) {
  return {
    walltime: version,
    rows: rows.map(operatorJson),
    slices,
    profiles: worstProfiles(slices),
    summary: total,
  };
}

function operatorJson(row: OperatorResult) {
  const {id, kind, status, op, hardware, measuredSeconds} = row;
  const measured = {seconds: measuredSeconds};
  return row.status === 'predicted'
    ? {
        id,
        kind,
        status,
        reason: null,
        op,
        hardware,
        profile: row.profile,
        measured,
        predicted: {seconds: row.predictedSeconds},
      }
    : {id, kind, status, reason: row.reason, op, hardware, profile: null, measured, predicted: null};
}
