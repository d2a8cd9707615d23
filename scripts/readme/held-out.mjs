import {readFileSync} from 'node:fs';
import {figureColumn, markdownTable} from './markdown-table.mjs';
import {inRepository} from './repository.mjs';

/** Errors of runs that the constants were fitted without, beside what they are meant to be. */
export function heldOutTable() {
  const figures = JSON.parse(readFileSync(inRepository('hardware-profiles/cross-validation.json'), 'utf8'));
  const {heldOutSweeps, heldOutSources, heldOutSourcesCalibrated} = figures;
  const percent = (/** @type {number} */ value) => `${value.toFixed(1)} %`;
  const few = heldOutSourcesCalibrated.rowsUsed;
  const rows = [
    ['sweep left out, mean over sources of MAPE', heldOutSweeps.meanOverSources.mapePercent, 8],
    ['sweep left out, mean over sources of the median', heldOutSweeps.meanOverSources.medianPercent, 5.5],
    ['sweep left out, median over rows', heldOutSweeps.overRows.medianPercent, 4.5],
    ['source left out, median over rows', heldOutSources.overRows.medianPercent, 10],
    [`the same, calibrated on ${few} of its rows`, heldOutSourcesCalibrated.overRows.medianPercent, 5],
  ].map(([what, value, bar]) => [String(what), percent(Number(value)), percent(Number(bar))]);
  return markdownTable([{title: 'step time of'}, figureColumn('error'), figureColumn('wanted')], rows);
}
