import type {RunEstimate} from '../../run/run.js';
import {formatSeconds} from '../../units/format-quantity.js';

/** Wall-clock of a run in a line: the calendar and the clean run, each by its name. */
export function runFigures({seconds, cleanSeconds}: RunEstimate): string[] {
  return [
    `calendar ${formatSeconds(seconds.p50)}`,
    `P90 ${formatSeconds(seconds.p90)}`,
    `clean run ${formatSeconds(cleanSeconds.p50)}`,
  ];
}
