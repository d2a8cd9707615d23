import {groupBy} from '../../calibration/statistics.js';
import {
  assumptionsOf,
  type CountedReason,
  skippedReasons,
} from '../../calibration/summary/counted-reasons.js';
import type {Grouping, Validation} from '../../calibration/summary/summarize.js';
import {formatBinaryBytes, formatCount, formatPercent, formatSeconds} from '../../units/format-quantity.js';
import {validationRowsTable} from '../measured/validation-rows-table.js';
import {formatTick} from '../measured/validation-scatter.js';
import {type NotedTable, validationTables} from '../measured/validation-tables.js';
import type {Table} from '../terminal/table.js';
import {joinMarkup, type Markup} from './markup.js';
import {htmlDetails, htmlFigures, htmlPage, htmlParagraph, htmlSection} from './page.js';
import {type NamedPoint, type ScatterSeries, svgScatter} from './svg-scatter.js';
import {htmlTable} from './table.js';

/** Predicted against measured as a page of its own. */
export function validationHtml(validation: Validation, grouping: Grouping): string {
  const {rows, total} = validation;
  const {stepTime, others} = validationTables(validation, grouping);
  const pictures = [stepTimePicture(validation, grouping), memoryPicture(validation)];
  const body = [
    htmlFigures(keyFigures(validation)),
    ...pictures.slice(0, 1),
    tables(stepTime),
    ...others.map(tables),
    ...pictures.slice(1),
    reasons('assumed where the table says nothing', assumptionsOf(rows)),
    reasons('not predicted', skippedReasons(rows)),
    htmlDetails('row by row', htmlTable(validationRowsTable(rows))),
  ];
  return htmlPage({
    title: 'walltime: predicted against measured',
    description: `${formatCount(total.predicted)} of ${formatCount(total.rows)} measured runs predicted, ${formatCount(total.stepTime?.count ?? 0)} of them with a step time that counts.`,
    body: joinMarkup(body.filter(piece => piece !== null)),
  });
}

function keyFigures({total: {stepTime, insideBand, ranking, fit, predicted}}: Validation) {
  const figures: {value: string; name: string}[] = [];
  if (stepTime !== null) {
    figures.push({value: formatPercent(stepTime.medianAbsoluteError), name: 'median error of a step time'});
    figures.push({
      value: formatPercent(stepTime.meanAbsoluteError),
      name: 'mean error of a step time (MAPE)',
    });
  }
  if (insideBand !== null)
    figures.push({value: formatPercent(insideBand), name: 'measured inside P10 to P90'});
  if (ranking !== null) {
    figures.push({value: formatPercent(ranking.regret.mean), name: 'planner regret, mean over sweeps'});
  }
  if (fit.outOfMemory > 0) {
    figures.push({value: formatPercent(fit.right / predicted), name: 'right on whether a run fits'});
  }
  return figures;
}

function tables({title, tables: own, notes}: NotedTable): Markup {
  return htmlSection(title, ...own.map(htmlTable), ...notes.map(htmlParagraph));
}

/** Share off the diagonal at which the pictures have lines. */
const guide = 0.2;

function stepTimePicture({scored}: Validation, grouping: Grouping): Markup | null {
  const named = scored.map(({row, stepSeconds}) => ({
    group: row[grouping],
    x: stepSeconds,
    y: row.predicted.stepSeconds,
    name: `${row.id}, measured ${formatSeconds(stepSeconds)}, predicted ${formatSeconds(row.predicted.stepSeconds)}`,
  }));
  return svgScatter({
    id: 'step-time',
    title: 'Predicted against measured step time',
    description: `${named.length} runs on logarithmic axes; a run on the diagonal is predicted exactly, one above it too slow.`,
    x: {title: 'measured step time', format: formatTick},
    y: {title: 'predicted step time', format: formatTick},
    series: largestFirst(named),
    guide,
  });
}

function memoryPicture({rows}: Validation): Markup | null {
  const named = rows.flatMap(row => {
    if (row.status === 'skipped') return [];
    const {id, measured, predicted} = row;
    const figures = [
      {group: 'allocated', x: measured.peakMemoryBytes, y: predicted.peakMemoryBytes},
      {group: 'reserved', x: measured.reservedMemoryBytes, y: predicted.reservedMemoryBytes},
    ];
    return figures.flatMap(({group, x, y}) =>
      x === null
        ? []
        : [{group, x, y, name: `${id}, measured ${formatBinaryBytes(x)}, predicted ${formatBinaryBytes(y)}`}],
    );
  });
  const picture = svgScatter({
    id: 'memory',
    title: 'Predicted against measured memory',
    description: `${named.length} figures of allocated and reserved memory on logarithmic axes.`,
    x: {title: 'measured memory of the fullest device', format: value => formatBinaryBytes(value)},
    y: {title: 'predicted', format: value => formatBinaryBytes(value)},
    series: largestFirst(named),
    guide,
  });
  return picture === null ? null : htmlSection('memory, predicted against measured', picture);
}

function largestFirst(points: readonly (NamedPoint & {readonly group: string})[]): readonly ScatterSeries[] {
  return [...groupBy(points, ({group}) => group)]
    .map(([name, own]) => ({name, points: own}))
    .sort((a, b) => b.points.length - a.points.length);
}

function reasons(title: string, counted: readonly CountedReason[]): Markup | null {
  if (counted.length === 0) return null;
  const table: Table = {
    columns: [
      {title: 'rows', align: 'right', drop: 0},
      {title: 'reason', align: 'left', drop: 0},
    ],
    rows: counted.map(({reason, count}) => [formatCount(count), reason]),
  };
  return htmlSection(title, htmlTable(table));
}
