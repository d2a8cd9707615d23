import {baselineNames, baselines} from '../../calibration/baselines/baselines.js';
import {stacksTaken} from '../../calibration/summary/stacks-taken.js';
import type {Grouping, GroupSummary, Validation} from '../../calibration/summary/summarize.js';
import type {ValidationSummary} from '../../calibration/summary/summary.js';
import type {ValidationRow} from '../../calibration/validation.js';
import {formatCount} from '../../units/format-quantity.js';
import type {Column, Table} from '../terminal/table.js';
import {errorCells, percent, signedPercent} from '../words/error-cells.js';

/** A table with its notes. */
export interface NotedTable {
  readonly title: string;
  readonly tables: readonly Table[];
  readonly notes: readonly string[];
}

/** Tables of a validation, for every output format; tables without a row are left out. */
export interface ValidationTables {
  readonly stepTime: NotedTable;
  readonly others: readonly NotedTable[];
}

export function validationTables(validation: Validation, grouping: Grouping): ValidationTables {
  const {total, groups} = validation;
  const own = groups[grouping];
  const all = own.length === 1 ? own : [...own, {name: 'all', summary: total}];
  const others = [
    baselineTables(all, grouping, total),
    rankingTable(all, grouping),
    noiseNotes(total),
    memoryTable(all, grouping),
    frameworkTable(validation.rows),
  ];
  return {
    stepTime: stepTimeTable(all, grouping, validation),
    others: others.filter(({tables, notes}) => tables.length + notes.length > 0),
  };
}

const nothing: NotedTable = {title: '', tables: [], notes: []};

const left = (title: string): Column => ({title, align: 'left', drop: 0});
const right = (title: string, drop: number): Column => ({title, align: 'right', drop});

function stepTimeTable(
  groups: readonly GroupSummary[],
  grouping: Grouping,
  {acrossSources, total}: Validation,
): NotedTable {
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
    right('floor', 8),
  ];
  const rows = groups.map(({name, summary: {rows, predicted, stepTime, insideBand, noise}}) => [
    name,
    formatCount(rows),
    formatCount(predicted),
    formatCount(stepTime?.count ?? 0),
    ...errorCells(stepTime),
    percent(insideBand),
    percent(noise?.errorFloor),
  ]);
  const notes: string[] = [];
  if (acrossSources !== null) {
    const {sources, meanAbsoluteError, medianAbsoluteError} = acrossSources;
    notes.push(
      `mean over the ${sources} sources of ten or more: MAPE ${percent(meanAbsoluteError)}, median ${percent(medianAbsoluteError)}`,
    );
  }
  if (total.lowConfidence > 0) {
    notes.push(
      `step times of low confidence, predicted and not counted: ${formatCount(total.lowConfidence)}`,
    );
  }
  return {title: 'step time, predicted against measured', tables: [{columns, rows}], notes};
}

function baselineTables(
  groups: readonly GroupSummary[],
  grouping: Grouping,
  total: ValidationSummary,
): NotedTable {
  const fitted = baselineNames.flatMap(name => {
    const summary = total.baselines[name];
    return summary === null ? [] : [{title: baselines[name].title, summary}];
  });
  if (fitted.length === 0) return nothing;
  const rows = [...fitted, {title: 'walltime', summary: total}].map(({title, summary}) => [
    title,
    ...errorCells(summary.stepTime),
    summary.ranking?.rankCorrelation.toFixed(2) ?? '',
    percent(summary.ranking?.regret.mean),
  ]);
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
  return {
    title: 'what a simulation adds: error of the step time',
    tables: [{columns, rows}, baselinesByGroup(groups, grouping)],
    notes: [
      'Baselines are fitted to these rows, by machine and stack, without the sweep they predict; walltime has the constants of its profiles. By group: MAPE.',
    ],
  };
}

function baselinesByGroup(groups: readonly GroupSummary[], grouping: Grouping): Table {
  return {
    columns: [
      left(grouping),
      ...baselineNames.map((name, i) => right(baselines[name].short, baselineNames.length - i)),
      right('walltime', 0),
    ],
    rows: groups
      .filter(({summary}) => summary.stepTime !== null)
      .map(({name, summary}) => [
        name,
        ...baselineNames.map(baseline => percent(summary.baselines[baseline]?.stepTime.meanAbsoluteError)),
        percent(summary.stepTime?.meanAbsoluteError),
      ]),
  };
}

function rankingTable(groups: readonly GroupSummary[], grouping: Grouping): NotedTable {
  const rows = groups.flatMap(({name, summary: {ranking}}) => {
    if (ranking === null) return [];
    const {sweeps, rankCorrelation, regret} = ranking;
    const regrets = [regret.mean, regret.p90, regret.worst].map(percent);
    return [[name, formatCount(sweeps), rankCorrelation.toFixed(2), ...regrets]];
  });
  if (rows.length === 0) return nothing;
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
  return {
    title: 'choice of a layout in sweeps of five or more',
    tables: [{columns, rows}],
    notes: [note],
  };
}

function noiseNotes({noise}: ValidationSummary): NotedTable {
  if (noise === null) return nothing;
  const {runs, configurations, spread, errorFloor} = noise;
  const note = `${formatCount(runs)} runs repeat ${formatCount(configurations)} configurations, in another job or release: they differ by ${percent(spread)} (standard deviation), so that the best prediction of them errs by ${percent(errorFloor)} on average (floor).`;
  return {title: 'noise', tables: [], notes: [note]};
}

function memoryTable(groups: readonly GroupSummary[], grouping: Grouping): NotedTable {
  const shownGroups = groups.filter(
    ({summary: {peakMemory, reservedMemory, fit}}) =>
      peakMemory !== null || reservedMemory !== null || fit.outOfMemory > 0,
  );
  if (shownGroups.length === 0) return nothing;
  const columns = [
    left(grouping),
    right('allocated', 4),
    right('MAPE', 0),
    right('median', 2),
    right('bias', 3),
    right('in band', 7),
    right('reserved', 5),
    right('MAPE', 1),
    right('fit right', 0),
    right('false alarms', 6),
    right('missed', 0),
  ];
  const rows = shownGroups.map(
    ({name, summary: {predicted, peakMemory, insideMemoryBand, reservedMemory, fit}}) => [
      name,
      formatCount(peakMemory?.count ?? 0),
      percent(peakMemory?.meanAbsoluteError),
      percent(peakMemory?.medianAbsoluteError),
      signedPercent(peakMemory?.bias),
      percent(insideMemoryBand),
      formatCount(reservedMemory?.count ?? 0),
      percent(reservedMemory?.meanAbsoluteError),
      percent(fit.right / predicted),
      formatCount(fit.falseAlarms),
      `${formatCount(fit.missed)} of ${formatCount(fit.outOfMemory)}`,
    ],
  );
  const note =
    'Missed: ran out of memory, though predicted to fit. False alarms: ran, though predicted not to.';
  return {title: 'memory', tables: [{columns, rows}], notes: [note]};
}

function frameworkTable(rows: readonly ValidationRow[]): NotedTable {
  const taken = stacksTaken(rows);
  if (taken.length === 0) return nothing;
  return {
    title: 'software stack taken for each framework',
    tables: [
      {
        columns: [left('framework'), left('stack'), right('rows', 0)],
        rows: taken.map(({framework, software, rows: count}) => [
          framework || 'not stated',
          software,
          formatCount(count),
        ]),
      },
    ],
    notes: [],
  };
}
