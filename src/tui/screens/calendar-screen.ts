import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import {renderTable} from '../../report/page/table.js';
import {wrap} from '../../report/page/wrap.js';
import {degreesInWords} from '../../report/text/layout-words.js';
import {runLines} from '../../report/text/simulation/run-parts.js';
import {formatCount, formatNumber, formatPercent, formatSeconds} from '../../units/format-quantity.js';
import type {CalendarReply, OuterChoice, Row} from '../planning/answers.js';
import {layoutKey} from '../state/columns.js';
import {type State, selectedRow} from '../state/state.js';
import {beside, fitBlock} from '../widgets/beside.js';
import {hints} from '../widgets/hints.js';
import {lineChart} from '../widgets/line-chart.js';
import {mark} from '../widgets/marks.js';

/** From this width on milestones and the parts of the run stand beside each other. */
const wide = 120;

/** The run against the calendar: loss by the day, milestones, where the time goes, failures. */
export function calendarScreen(page: Page, state: State, rows: number): string[] {
  const row = selectedRow(state);
  if (row === null) return fitBlock([' no run to show yet'], page.width, rows);
  const inner = {...page, width: page.width - 2};
  const {outer, answer} = state;
  const choices = outer !== null && outer.text === answer?.text ? outer.choices : null;
  const below = detailLines(inner, row, currentCalendar(state, row), choices);
  const chartRows = Math.max(6, Math.min(Math.floor(rows * 0.6), rows - below.length - 2));
  const body = [
    paint(page, 'title', `loss against days of ${degreesInWords(row.layout)}`),
    ...chartLines(inner, state, row, chartRows),
    '',
    ...below,
  ];
  return fitBlock(
    body.map(line => ` ${line}`),
    page.width,
    rows,
  );
}

function currentCalendar({calendar}: State, {layout}: Row): CalendarReply | null {
  return calendar !== null && layoutKey(calendar.layout) === layoutKey(layout) ? calendar : null;
}

function chartLines(page: Page, state: State, row: Row, rows: number): string[] {
  const found = currentCalendar(state, row);
  if (found === null) return [paint(page, 'quiet', '  working out the calendar ...')];
  const {points, milestones} = found.calendar;
  return lineChart(
    page,
    {
      points: points.map(({seconds, loss, band}) => ({
        x: seconds,
        y: loss,
        low: band?.p10 ?? loss,
        high: band?.p90 ?? loss,
      })),
      marks: milestones.map(({seconds}) => seconds),
      formatX: formatSeconds,
      formatY: loss => formatNumber(loss, 4),
    },
    page.width,
    rows,
  );
}

function detailLines(
  page: Page,
  row: Row,
  found: CalendarReply | null,
  outer: readonly OuterChoice[] | null,
): string[] {
  const besides = page.width >= wide;
  const half = {...page, width: besides ? Math.floor((page.width - 3) / 2) : page.width};
  const left = [...milestoneLines(half, row, found), ...goalLines(half, row), ...outerLines(half, outer)];
  const right = [paint(page, 'title', 'where the run goes'), ...runLines(half, row.plan, row.run)];
  if (!besides) return [...left, ...right];
  const columns = half.width;
  return beside(
    [
      {lines: left, columns},
      {lines: right, columns},
    ],
    Math.max(left.length, right.length),
    '   ',
  );
}

function milestoneLines(page: Page, {run, loss, plan}: Row, found: CalendarReply | null): string[] {
  const band =
    loss.band === null ? '' : ` (${formatNumber(loss.band.p10)} to ${formatNumber(loss.band.p90)})`;
  const passed = (found?.calendar.milestones ?? []).map(
    ({seconds, tokens, what}) => `${formatSeconds(seconds)}  ${formatCount(tokens)} tokens: ${what}`,
  );
  const last = `${formatSeconds(run.expectedSeconds)}  ${formatCount(plan.training.tokens)} tokens: loss ${formatNumber(loss.value)}${band}`;
  return [
    paint(page, 'title', 'milestones'),
    ...[...passed, last].flatMap(line => wrap(page, line, {indent: '  ', hanging: '    '})),
  ];
}

function goalLines(page: Page, {run, plan: {goal}, missed}: Row): string[] {
  const goodput = `goodput ${formatPercent(run.goodput)} (${formatPercent(run.goodputBand.p10)} to ${formatPercent(run.goodputBand.p90)}), the run takes ${formatSeconds(run.seconds.p10)} to ${formatSeconds(run.seconds.p90)}`;
  const deadline =
    goal.deadline === null
      ? []
      : [
          `deadline ${formatSeconds(goal.deadline)}: ${run.seconds.p50 <= goal.deadline ? `${formatSeconds(goal.deadline - run.seconds.p50)} to spare` : 'missed'}`,
        ];
  return [
    ...[goodput, ...deadline].flatMap(line => wrap(page, line, {indent: '  ', hanging: '    '})),
    ...missed
      .flatMap(line => wrap(page, `! ${line}`, {indent: '  ', hanging: '    '}))
      .map(line => paint(page, 'bad', line)),
  ];
}

/** Data parallel against DiLoCo, each with its best layout. */
function outerLines(page: Page, choices: readonly OuterChoice[] | null): string[] {
  if (choices === null) return [paint(page, 'quiet', 'data parallel or DiLoCo: planning ...')];
  const rows = choices.map(({replicas, row}) => {
    const name = replicas === 1 ? 'data parallel' : `DiLoCo, ${replicas} replicas`;
    if (row === null) return [name, 'nothing fits', ''];
    return [name, formatSeconds(row.run.seconds.p50), `loss ${formatNumber(row.loss.value, 4)}`];
  });
  const columns = [
    {title: '', align: 'left', drop: 0},
    {title: '', align: 'right', drop: 0},
    {title: '', align: 'right', drop: 0},
  ] as const;
  return [paint(page, 'title', 'data parallel or DiLoCo'), ...renderTable(page, {columns, rows}, '  ')];
}

/** Keys of the calendar. */
export function calendarKeys(page: Page): string {
  return hints(page, [`${mark(page, 'upDown')} layout`, 'esc plan', 's save', '? keys', 'q quit']);
}
