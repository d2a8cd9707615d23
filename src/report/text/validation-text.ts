import {baselineNames, baselines} from '../../calibration/baselines/baselines.js';
import {
  assumptionsOf,
  type CountedReason,
  skippedReasons,
} from '../../calibration/summary/counted-reasons.js';
import type {Grouping, GroupSummary, Validation} from '../../calibration/summary/summarize.js';
import type {ValidationSummary} from '../../calibration/summary/summary.js';
import {formatCount, formatNumber, formatSeconds} from '../../units/format-quantity.js';
import {renderScatter} from '../chart/scatter.js';
import type {Page} from '../page/page.js';
import {paint} from '../page/paint.js';
import {type Column, renderTable} from '../page/table.js';
import {wrap} from '../page/wrap.js';
import {errorCells, percent, signedPercent} from './error-cells.js';

/** The accuracy of each group and of all rows, what baselines reach, and why rows were left out. */
export function renderValidation(page: Page, validation: Validation, grouping: Grouping): string[] {
  const {total, groups, rows} = validation;
  const own = groups[grouping];
  const all = own.length === 1 ? own : [...own, {name: 'all', summary: total}];
  return [
    ...section(page, 'step time, predicted against measured', stepTimeTable(page, all, grouping)),
    ...acrossSourcesLines(page, validation),
    ...section(page, '', stepTimeScatter(page, validation)),
    ...section(page, 'what a simulation adds: error of the step time', baselineTable(page, validation)),
    ...section(page, 'choice of a layout in sweeps of five or more', rankingTable(page, all, grouping)),
    ...noiseLines(page, total),
    ...section(page, 'memory', memoryTable(page, all, grouping)),
    ...counted(page, 'assumed where the table says nothing', assumptionsOf(rows)),
    ...counted(page, 'not predicted', skippedReasons(rows)),
  ].slice(1);
}

/** An empty line, a title and its lines; nothing where there are no lines. */
function section(page: Page, title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return ['', ...(title === '' ? [] : [paint(page, 'title', title)]), ...lines];
}

const left = (title: string): Column => ({title, align: 'left', drop: 0});
const right = (title: string, drop: number): Column => ({title, align: 'right', drop});

function stepTimeTable(page: Page, groups: readonly GroupSummary[], grouping: Grouping): string[] {
  const columns = [
    left(grouping),
    right('rows', 5),
    right('predicted', 6),
    right('timed', 0),
    right('MAPE', 0),
    right('median', 1),
    right('p90', 3),
    right('bias', 2),
    right('worst', 7),
    right('in band', 4),
  ];
  const cells = groups.map(({name, summary: {rows, predicted, stepTime, insideBand}}) => [
    name,
    formatCount(rows),
    formatCount(predicted),
    formatCount(stepTime?.count ?? 0),
    ...errorCells(stepTime),
    percent(insideBand),
  ]);
  return renderTable(page, {columns, rows: cells});
}

function acrossSourcesLines(page: Page, {acrossSources, total: {lowConfidence}}: Validation): string[] {
  const lines: string[] = [];
  if (acrossSources !== null) {
    const {sources, meanAbsoluteError, medianAbsoluteError} = acrossSources;
    lines.push(
      `mean over the ${sources} sources of ten or more: MAPE ${percent(meanAbsoluteError)}, median ${percent(medianAbsoluteError)}`,
    );
  }
  if (lowConfidence > 0) {
    lines.push(`step times of low confidence, predicted and not counted: ${formatCount(lowConfidence)}`);
  }
  return lines.flatMap(line => wrap(page, line, {hanging: '  '}));
}

/** A picture of few points says less than their rows. */
const fewestPoints = 3;

function stepTimeScatter(page: Page, {timed}: Validation): string[] {
  if (timed.length < fewestPoints) return [];
  return renderScatter(page, {
    x: {title: 'measured', format: formatTick},
    y: {title: 'predicted step time', format: formatTick},
    points: timed.map(({row, stepSeconds}) => ({x: stepSeconds, y: row.predicted.stepSeconds})),
    diagonal: true,
  });
}

/** Decades of seconds stay decades. */
function formatTick(seconds: number): string {
  return seconds < 1 ? formatSeconds(seconds) : `${formatNumber(seconds)} s`;
}

function baselineTable(page: Page, {total}: Validation): string[] {
  const fitted = baselineNames.flatMap(name => {
    const summary = total.baselines[name];
    return summary === null ? [] : [{title: baselines[name].title, summary}];
  });
  if (fitted.length === 0) return [];
  const columns = [
    left(''),
    right('MAPE', 0),
    right('median', 0),
    right('p90', 2),
    right('bias', 3),
    right('worst', 5),
    right('rank', 4),
    right('regret', 1),
  ];
  const rows = [...fitted, {title: 'walltime', summary: total}].map(({title, summary}) => [
    title,
    ...errorCells(summary.stepTime),
    summary.ranking?.rankCorrelation.toFixed(2) ?? '',
    percent(summary.ranking?.regret.mean),
  ]);
  const note = 'Baselines are fitted to these rows, by machine and stack, without the sweep they predict.';
  return [...renderTable(page, {columns, rows}), ...wrap(page, note)];
}

function rankingTable(page: Page, groups: readonly GroupSummary[], grouping: Grouping): string[] {
  const rows = groups.flatMap(({name, summary: {ranking}}) =>
    ranking === null
      ? []
      : [
          [
            name,
            formatCount(ranking.sweeps),
            ranking.rankCorrelation.toFixed(2),
            percent(ranking.regret.mean),
            percent(ranking.regret.p90),
            percent(ranking.regret.worst),
          ],
        ],
  );
  if (rows.length === 0) return [];
  const columns = [
    left(grouping),
    right('sweeps', 0),
    right('rank correlation', 0),
    right('regret', 0),
    right('p90', 1),
    right('worst', 2),
  ];
  const note =
    'Regret: how much slower than the fastest layout measured the one predicted fastest is, mean over sweeps.';
  return [...renderTable(page, {columns, rows}), ...wrap(page, note)];
}

function noiseLines(page: Page, {noise}: ValidationSummary): string[] {
  if (noise === null) return [];
  const {runs, configurations, spread, errorFloor} = noise;
  const text = `${formatCount(runs)} runs repeat ${formatCount(configurations)} configurations: they differ by ${percent(spread)} (standard deviation), so that no prediction of them errs by less than ${percent(errorFloor)} on average.`;
  return section(page, 'noise', wrap(page, text));
}

function memoryTable(page: Page, groups: readonly GroupSummary[], grouping: Grouping): string[] {
  const told = groups.filter(
    ({summary: {peakMemory, reservedMemory, fit}}) =>
      peakMemory !== null || reservedMemory !== null || fit.outOfMemory > 0,
  );
  if (told.length === 0) return [];
  const columns = [
    left(grouping),
    right('allocated', 4),
    right('MAPE', 0),
    right('median', 2),
    right('bias', 3),
    right('reserved', 5),
    right('MAPE', 1),
    right('fit right', 0),
    right('false alarms', 6),
    right('missed', 0),
  ];
  const rows = told.map(({name, summary: {predicted, peakMemory, reservedMemory, fit}}) => [
    name,
    formatCount(peakMemory?.count ?? 0),
    percent(peakMemory?.meanAbsoluteError),
    percent(peakMemory?.medianAbsoluteError),
    signedPercent(peakMemory?.bias),
    formatCount(reservedMemory?.count ?? 0),
    percent(reservedMemory?.meanAbsoluteError),
    percent(fit.right / predicted),
    formatCount(fit.falseAlarms),
    `${formatCount(fit.missed)} of ${formatCount(fit.outOfMemory)}`,
  ]);
  const note =
    'Missed: ran out of memory, though predicted to fit. False alarms: ran, though predicted not to.';
  return [...renderTable(page, {columns, rows}), ...wrap(page, note)];
}

function counted(page: Page, title: string, reasons: readonly CountedReason[]): string[] {
  const lines = reasons.flatMap(({reason, count}) =>
    wrap(page, `${formatCount(count)} ${reason}`, {indent: '  ', hanging: '    '}),
  );
  return section(page, title, lines);
}
