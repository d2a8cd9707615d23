import {csvRows} from './csv-rows.mjs';
import {inRepository} from './repository.mjs';
import {walltimeJson} from './run-walltime.mjs';

/** The measured runs that ship with walltime; `walltime validate` reads them by default. */
const publishedRuns = 'hardware-profiles/measurements/published-runs.csv';

/**
 * A row of `validate --json`.
 *
 * @typedef {object} ValidatedRow
 * @property {string} id
 * @property {'predicted' | 'skipped'} status
 * @property {string | null} reason
 * @property {string | null} hardware
 * @property {string | null} software
 * @property {{readonly stepSeconds: number | null} | null} measured
 * @property {{readonly stepSeconds: number} | null} predicted
 */

/**
 * @typedef {object} Accuracy
 * @property {number} count
 * @property {number} meanAbsoluteError
 * @property {number} medianAbsoluteError
 * @property {number} bias
 * @property {number} worstAbsoluteError
 */

/**
 * A source in the summary of `validate --json`.
 *
 * @typedef {object} SourceSummary
 * @property {string} source
 * @property {number} rows
 * @property {number} predicted
 * @property {number} skipped
 * @property {Accuracy | null} stepTime
 * @property {number | null} insideBand
 */

/**
 * What `walltime validate` says about a table of runs.
 *
 * @param {string} [csv]
 * @returns {Promise<{rows: ValidatedRow[], summary: SourceSummary & {sources: SourceSummary[]}}>}
 */
export function validation(csv = publishedRuns) {
  return walltimeJson(['validate', csv]);
}

/** The published runs as their table has them, by id. */
export function publishedRows() {
  return new Map(csvRows(inRepository(publishedRuns)).map(row => [row.id ?? '', row]));
}
