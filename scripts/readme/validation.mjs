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
 * @property {number} p90AbsoluteError
 * @property {number} bias
 * @property {number} worstAbsoluteError
 */

/**
 * Order of layouts in sweeps.
 *
 * @typedef {object} Ranking
 * @property {number} sweeps
 * @property {number} rankCorrelation
 * @property {{readonly mean: number, readonly p90: number}} regret
 */

/** @typedef {{readonly stepTime: Accuracy | null, readonly ranking: Ranking | null}} Judged */

/** @typedef {'constantMfu' | 'linearInFlop' | 'linearInFlopAndTraffic'} BaselineName */

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
 * @property {Ranking | null} ranking
 * @property {{readonly right: number, readonly falseAlarms: number, readonly missed: number, readonly outOfMemory: number}} fit
 * @property {{readonly runs: number, readonly configurations: number, readonly spread: number, readonly errorFloor: number} | null} noise
 * @property {Readonly<Record<BaselineName, Judged | null>>} baselines
 */

/** @typedef {SourceSummary & {sources: SourceSummary[]}} Summary */

/**
 * What `walltime validate` says about tables of runs.
 *
 * @param {readonly string[]} [tables]
 * @returns {Promise<{rows: ValidatedRow[], summary: Summary}>}
 */
export function validation(tables = [publishedRuns]) {
  return walltimeJson(['validate', ...tables]);
}

/** The published runs as their table has them, by id. */
export function publishedRows() {
  return new Map(csvRows(inRepository(publishedRuns)).map(row => [row.id ?? '', row]));
}
