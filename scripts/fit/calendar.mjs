/**
 * Layout that teams ran over the planner's best, from published runs that state none.
 *
 * usage: node scripts/fit/calendar.mjs TRAININGS.csv
 *
 * Prints the two constants of src/run/calendar/layout-factor.ts, and the same with each family of models left
 * out together with the share of its runs whose published hours then lie inside P10 to P90 and below P90.
 */
import {execFileSync} from 'node:child_process';

/**
 * @typedef {Record<string, number> & {isLayoutStated: boolean, deviceHours: number, cleanDeviceHours: number, cleanDeviceHoursP10: number, cleanDeviceHoursP90: number}} Forecast
 * @typedef {{id: string, status: string, counted: boolean, measured: {deviceHours: number}, predicted: Forecast}} Row
 */

const [table] = process.argv.slice(2);
if (table === undefined) throw new Error('name a table of whole training runs');
const out = execFileSync(process.execPath, ['dist/cli.js', 'validate', table, '--json'], {
  maxBuffer: 1 << 26,
});
/** @type {readonly Row[]} */
const all = JSON.parse(out.toString()).rows;
const rows = all.filter(
  ({status, counted, measured}) => status === 'predicted' && counted && measured.deviceHours !== null,
);
const tenth = 1.2815515655446004;
/** @param {readonly number[]} values */
const sorted = values => [...values].sort((a, b) => a - b);
/** @param {readonly number[]} values */
const median = values => {
  const own = sorted(values);
  const at = (/** @type {number} */ place) => own[place] ?? Number.NaN;
  return (at(Math.floor((own.length - 1) / 2)) + at(Math.ceil((own.length - 1) / 2))) / 2;
};
/** @param {Row} row */
const familyOf = ({id}) => id.replace(/[^a-z].*$/, '');
const stated = rows.filter(({predicted}) => predicted.isLayoutStated);
const open = rows.filter(({predicted}) => !predicted.isLayoutStated);

/** Losses over the clean run at a quantile; all stated runs are close to one another. @param {'' | 'P10' | 'P90'} end */
const lossesAt = end =>
  median(
    stated.map(
      ({predicted: own}) => Number(own[`deviceHours${end}`]) / Number(own[`cleanDeviceHours${end}`]),
    ),
  );
const losses = {p10: lossesAt('P10'), p50: lossesAt(''), p90: lossesAt('P90')};
/** @param {Row} row */
const residual = ({measured, predicted}) =>
  Math.log(measured.deviceHours / (predicted.cleanDeviceHours * losses.p50));

/** @param {readonly Row[]} own */
function fit(own) {
  const families = [...new Set(own.map(familyOf))];
  const medians = families.map(family => median(own.filter(row => familyOf(row) === family).map(residual)));
  const mean = medians.reduce((sum, value) => sum + value, 0) / medians.length;
  const variance = medians.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (medians.length - 1);
  /** @type {(high: number, low: number) => number} */
  const width = (high, low) => Math.log(high / low) / (2 * tenth);
  const ofClean = median(
    own.map(({predicted}) => width(predicted.cleanDeviceHoursP90, predicted.cleanDeviceHoursP10)),
  );
  const ofLosses = width(losses.p90, losses.p10);
  const left = variance - ofClean ** 2 - ofLosses ** 2;
  return {median: Math.exp(median(own.map(residual))), logSpread: Math.sqrt(Math.max(0, left))};
}

/** @param {string} family */
function heldOut(family) {
  const {median: factor, logSpread} = fit(open.filter(row => familyOf(row) !== family));
  const own = open.filter(row => familyOf(row) === family);
  const away = (/** @type {number} */ end) => Math.hypot(Math.log(end / losses.p50), tenth * logSpread);
  const middle = factor * losses.p50;
  const hours = own.map(({measured, predicted}) => ({
    published: measured.deviceHours,
    low: predicted.cleanDeviceHoursP10 * middle * Math.exp(-away(losses.p10)),
    high: predicted.cleanDeviceHoursP90 * middle * Math.exp(away(losses.p90)),
  }));
  const inside = hours.filter(({published, low, high}) => low <= published && published <= high).length;
  const below = hours.filter(({published, high}) => published <= high).length;
  return {family, runs: own.length, factor, logSpread, inside, below};
}

console.log('layout of teams over the best:', fit(open));
console.table([...new Set(open.map(familyOf))].map(heldOut));
