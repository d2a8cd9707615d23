import type {ScaleAnswer} from '../../scaling/time-aware/scale.js';
import {formatCount, formatLoss, formatNumber, formatSeconds} from '../../units/format-quantity.js';
import {
  batchOf,
  calendarTable,
  devicesTable,
  outerTable,
  parametersOf,
  shapesTable,
  sizesTable,
} from '../scale-tables.js';
import type {Table} from '../terminal/table.js';
import {
  calendarPoints,
  devicesNotes,
  formatLimit,
  formatSize,
  inferenceNotes,
  outerNotes,
  shapesNotes,
  surenessNotes,
} from '../text/scale-text.js';
import {formatDegrees, formatDeviceCount} from '../words/format-layout.js';
import {joinMarkup, type Markup} from './markup.js';
import {htmlDetails, htmlFigures, htmlPage, htmlParagraph, htmlSection} from './page.js';
import {svgCurve} from './svg-curve.js';
import {htmlTable} from './table.js';

/** What to train by a limit as a page of its own. */
export function scaleHtml(answer: ScaleAnswer): string {
  const {plan, best, optimizer} = answer;
  const body = [
    htmlFigures([
      {value: formatCount(parametersOf(best)), name: 'parameters'},
      {value: formatCount(best.tokens), name: 'tokens'},
      {
        value: formatLoss(best.loss.value),
        name: `loss, ${formatLoss(best.band.p10)} to ${formatLoss(best.band.p90)}`,
      },
      {value: formatCount(batchOf(best)), name: `sequences of ${plan.training.sequenceLength} a step`},
      {value: formatNumber(optimizer.learningRate), name: 'peak learning rate'},
    ]),
    htmlParagraph(
      `${best.plan.model.numLayers} layers of ${best.plan.model.hiddenSize}, ${formatDegrees(best.layout)}, done in ${formatSeconds(best.run.expectedSeconds)} by the calendar, clean run ${formatSeconds(best.run.cleanSeconds.p50)}.`,
    ),
    section('loss against time, each at its best size', timePicture(answer), calendarTable(answer)),
    section('loss against size by the limit', sizePicture(answer), sizesTable(answer)),
    section('wider or deeper, at the same size', null, shapesTable(answer), shapesNotes),
    section('more devices', null, devicesTable(answer), devicesNotes(answer)),
    section('data parallel or DiLoCo', null, outerTable(answer), outerNotes(answer)),
    section('with its use counted', null, null, inferenceNotes(answer)),
    section('how sure', null, null, surenessNotes(answer)),
    htmlDetails('every size and batch', htmlTable(surfaceTable(answer))),
  ];
  return htmlPage({
    title: plan.name,
    description: `${formatSize(best)}, ${formatLimit(answer)} on ${formatDeviceCount(plan)}.`,
    body: joinMarkup(body.filter(piece => piece !== null)),
  });
}

function section(
  title: string,
  picture: Markup | null,
  table: Table | null,
  notes: readonly string[] = [],
): Markup | null {
  const pieces = [
    ...(picture === null ? [] : [picture]),
    ...(table === null || table.rows.length === 0 ? [] : [htmlTable(table)]),
    ...notes.map(htmlParagraph),
  ];
  return pieces.length === 0 ? null : htmlSection(title, ...pieces);
}

function timePicture(answer: ScaleAnswer): Markup | null {
  return svgCurve({
    id: 'loss-time',
    title: 'Loss against time',
    description: 'The least loss that a training of each length reaches, with its band from P10 to P90.',
    x: {title: 'time of the whole training', format: value => formatSeconds(value)},
    y: {title: 'loss', format: formatLoss},
    points: calendarPoints(answer),
    ticks: answer.calendar.map(({seconds}) => seconds),
    marks: [],
  });
}

/** Bounds of all sizes as the line, what was planned as points above it. */
function sizePicture({surface, sizes}: ScaleAnswer): Markup | null {
  const bounds = new Map<number, number>();
  for (const {parameters, bound} of surface.cells)
    bounds.set(parameters, Math.min(bounds.get(parameters) ?? Infinity, bound));
  return svgCurve({
    id: 'loss-size',
    title: 'Loss against size',
    description: 'Points: planned sizes and batches. Line: what no layout of a size can get below.',
    x: {title: 'parameters (line: a bound; points: planned)', format: value => formatCount(value)},
    y: {title: 'loss', format: formatLoss},
    points: [...bounds]
      .filter(([, bound]) => Number.isFinite(bound))
      .map(([parameters, bound]) => ({x: parameters, y: bound, band: null})),
    ticks: null,
    marks: [...surface.cells.flatMap(({candidate}) => candidate ?? []), ...sizes].map(candidate => ({
      x: parametersOf(candidate),
      y: candidate.loss.value,
      name: `${formatCount(parametersOf(candidate))}, batch ${batchOf(candidate)}: ${formatLoss(candidate.loss.value)}`,
    })),
  });
}

function surfaceTable({surface}: ScaleAnswer): Table {
  const right = (title: string) => ({title, align: 'right' as const, drop: 0});
  return {
    columns: [
      right('size'),
      right('batch'),
      right('loss'),
      right('not below'),
      {title: '', align: 'left', drop: 0},
    ],
    rows: surface.cells.map(({parameters, globalBatch, bound, status, candidate}) => [
      formatCount(parameters),
      String(globalBatch),
      candidate === null ? '' : formatLoss(candidate.loss.value),
      formatLoss(bound),
      status,
    ]),
  };
}
