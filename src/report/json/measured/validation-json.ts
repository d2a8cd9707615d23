import {assumptionsOf, skippedReasons} from '../../../calibration/summary/counted-reasons.js';
import {stacksTaken} from '../../../calibration/summary/stacks-taken.js';
import type {GroupSummary, Validation} from '../../../calibration/summary/summarize.js';
import type {ValidationRow} from '../../../calibration/validation.js';

/** Predictions against measurements as other programs read them. Pure data. */
export function validationJson({rows, total, groups, acrossSources}: Validation, version: string) {
  return {
    walltime: version,
    rows: rows.map(rowJson),
    summary: {
      source: 'all',
      ...total,
      acrossSources,
      sources: groups.source.map(groupJson('source')),
      hardware: groups.hardware.map(groupJson('hardware')),
      software: groups.software.map(groupJson('software')),
      frameworks: stacksTaken(rows),
      skippedReasons: skippedReasons(rows),
      assumptions: assumptionsOf(rows),
    },
  };
}

function groupJson(key: string) {
  return ({name, summary}: GroupSummary) => ({[key]: name, ...summary});
}

function rowJson(row: ValidationRow) {
  const {id, status, source} = row;
  if (row.status === 'skipped') {
    return {
      id,
      status,
      reason: row.reason,
      source,
      sweep: null,
      framework: null,
      confidence: null,
      hardware: null,
      software: null,
      assumptions: [],
      measured: null,
      predicted: null,
    };
  }
  const {sweep, framework, confidence, hardware, software, assumptions, measured, predicted} = row;
  return {
    id,
    status,
    reason: null,
    source,
    sweep,
    framework,
    confidence,
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
