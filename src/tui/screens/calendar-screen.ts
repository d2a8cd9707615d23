import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import {renderTable} from '../../report/page/table.js';
import {wrap} from '../../report/page/wrap.js';
import {goodputBandInWords} from '../../report/text/goodput-words.js';
import {degreesInWords} from '../../report/text/layout-words.js';
import {runLines, runPartNames, runPartWords} from '../../report/text/simulation/run-parts.js';
import {shareInWords} from '../../report/text/simulation/step-parts.js';
import {formatCount, formatNumber, formatPercent, formatSeconds} from '../../units/format-quantity.js';
import type {BestSize, CalendarReply, DilocoChoice, Row, SizesReply} from '../planning/reply.js';
import {layoutKeyOf} from '../state/layout-columns.js';
import {type State, selectedRow} from '../state/state.js';
import {beside, fitBlock} from '../widgets/beside.js';
import {hints} from '../widgets/hints.js';
import {lineChart} from '../widgets/line-chart.js';
import {mark} from '../widgets/marks.js';

/** From this width on milestones and the parts of the run stand beside each other. */
const wide = 120;

/** The run against the calendar: loss by the day, milestones, the best size, where the time goes, failures. */
export function calendarScreen(page: Page, state: State, rows: number): string[] {
  const row = selectedRow(state);
  if (row === null) return fitBlock([' no run to show yet'], page.width, rows);
  const inner = {...page, width: page.width - 2};
  const title = paint(page, 'title', `loss against days of ${degreesInWords(row.layout)}`);
  const found = foundOf(state, row);
  const spacious = detailLines(inner, row, found);
  const isSpacious = spacious.length + leastChartRows + 2 <= rows;
  const below = isSpacious ? ['', ...spacious] : shortLines(inner, row, found);
  const room = rows - below.length - 1;
  const chartRows = Math.max(leastChartRows, isSpacious ? Math.min(Math.floor(rows * 0.6), room) : room);
  const body = [title, ...chartLines(inner, found.calendar, chartRows), ...below];
  return fitBlock(
    body.map(line => ` ${line}`),
    page.width,
    rows,
  );
}

/** With the two lines of its axis. */
const leastChartRows = 5;

/** What the planner has said so far of a row and of the plan as it is; null: not yet. */
interface Found {
  readonly calendar: CalendarReply | null;
  readonly diloco: readonly DilocoChoice[] | null;
  readonly sizes: SizesReply | null;
}

function foundOf(state: State, row: Row): Found {
  const {diloco, sizes, answer} = state;
  return {
    calendar: currentCalendar(state, row),
    diloco: diloco !== null && diloco.text === answer?.text ? diloco.choices : null,
    sizes: sizes !== null && sizes.text === answer?.text ? sizes : null,
  };
}

function currentCalendar({calendar}: State, {layout}: Row): CalendarReply | null {
  return calendar !== null && layoutKeyOf(calendar.layout) === layoutKeyOf(layout) ? calendar : null;
}

function chartLines(page: Page, found: CalendarReply | null, rows: number): string[] {
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

function detailLines(page: Page, row: Row, {calendar, diloco, sizes}: Found): string[] {
  const besides = page.width >= wide;
  const half = {...page, width: besides ? Math.floor((page.width - 3) / 2) : page.width};
  const left = [...milestoneLines(half, row, calendar), ...sizeLines(half, row, sizes)];
  const right = [
    paint(page, 'title', 'where the run goes'),
    ...runLines(half, row.plan, row.run),
    ...dilocoLines(half, diloco),
  ];
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

/** The same where there is little room: a line or two for each question. */
function shortLines(page: Page, row: Row, {calendar, diloco, sizes}: Found): string[] {
  const milestones = [...passedMilestones(calendar), lastMilestone(row)].flatMap(line =>
    wrap(page, line, {indent: '  ', hanging: '    '}),
  );
  const whole = sizes?.sizes.at(-1);
  const best =
    whole === undefined
      ? 'best model size: planning ...'
      : `best model size for ${formatSeconds(whole.seconds)}${untilWhen(row)}: ${sizeInWords(whole)}`;
  const replicas =
    diloco === null
      ? ['data parallel or DiLoCo: planning ...']
      : diloco.map(choice => dilocoCells(choice).filter(Boolean).join(' '));
  return [
    ...milestones,
    ...goalLines(page, row),
    ...wrap(page, best, {indent: '  ', hanging: '    '}),
    ...wrap(page, replicas.join('; '), {indent: '  ', hanging: '    '}),
    ...shareLines(page, row.run),
  ];
}

/** What the time goes to, as shares of it. */
function shareLines(page: Page, {parts, expectedSeconds}: Row['run']): string[] {
  const title = 'where the run goes';
  const shares = runPartNames
    .filter(name => parts[name] > 0)
    .map(name => `${runPartWords[name]} ${shareInWords(parts[name] / expectedSeconds)}`);
  return wrap(page, `${title}  ${shares.join(', ')}`, {hanging: '  '}).map((line, i) =>
    i === 0 && line.startsWith(title) ? paint(page, 'title', title) + line.slice(title.length) : line,
  );
}

function milestoneLines(page: Page, row: Row, calendar: CalendarReply | null): string[] {
  const lines = [...passedMilestones(calendar), lastMilestone(row)].flatMap(line =>
    wrap(page, line, {indent: '  ', hanging: '    '}),
  );
  return [paint(page, 'title', 'milestones'), ...lines, ...goalLines(page, row)];
}

function passedMilestones(found: CalendarReply | null): string[] {
  return (found?.calendar.milestones ?? []).map(
    ({seconds, tokens, what}) => `${formatSeconds(seconds)}  ${formatCount(tokens)} tokens: ${what}`,
  );
}

function lastMilestone({run, loss, plan}: Row): string {
  const band =
    loss.band === null ? '' : ` (${formatNumber(loss.band.p10)} to ${formatNumber(loss.band.p90)})`;
  return `${formatSeconds(run.expectedSeconds)}  ${formatCount(plan.training.tokens)} tokens: loss ${formatNumber(loss.value, 4)}${band}`;
}

/** Which model would do best with the time that there is. */
function sizeLines(page: Page, row: Row, sizes: SizesReply | null): string[] {
  const title = paint(page, 'title', `best model size, the rest of the plan as it is`);
  if (sizes === null) return [title, paint(page, 'quiet', '  planning ...')];
  const last = sizes.sizes.at(-1);
  const lines = sizes.sizes.map(
    size => `for ${formatSeconds(size.seconds)}${size === last ? untilWhen(row) : ''}: ${sizeInWords(size)}`,
  );
  const rest =
    sizes.progress < 1 ? [paint(page, 'quiet', `  refining ${formatPercent(sizes.progress, 2)}`)] : [];
  const none = sizes.progress === 1 && lines.length === 0 ? ['no size fits'] : lines;
  return [title, ...none.flatMap(line => wrap(page, line, {indent: '  ', hanging: '    '})), ...rest];
}

function sizeInWords({parameters, tokens, loss}: BestSize): string {
  return `${formatCount(parameters, 2)} parameters on ${formatCount(tokens, 2)} tokens, loss ${formatNumber(loss, 4)}`;
}

function untilWhen({plan}: Row): string {
  return plan.goal.deadline === null ? ', as long as this run' : ', the deadline';
}

function goalLines(page: Page, {run, plan: {goal}, missed}: Row): string[] {
  const goodput = `goodput ${formatPercent(run.goodput)} ${goodputBandInWords(run)}, the run takes ${formatSeconds(run.seconds.p10)} to ${formatSeconds(run.seconds.p90)}`;
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
function dilocoLines(page: Page, choices: readonly DilocoChoice[] | null): string[] {
  const title = paint(page, 'title', 'data parallel or DiLoCo');
  if (choices === null) return [title, paint(page, 'quiet', '  planning ...')];
  const columns = [
    {title: '', align: 'left', drop: 0},
    {title: '', align: 'right', drop: 0},
    {title: '', align: 'right', drop: 0},
  ] as const;
  return [title, ...renderTable(page, {columns, rows: choices.map(dilocoCells)}, '  ')];
}

function dilocoCells({replicas, row}: DilocoChoice): string[] {
  const name = replicas === 1 ? 'data parallel' : `DiLoCo, ${replicas} replicas`;
  if (row === null) return [name, 'nothing fits', ''];
  return [name, formatSeconds(row.run.seconds.p50), `loss ${formatNumber(row.loss.value, 4)}`];
}

/** Keys of the calendar. */
export function calendarKeys(page: Page): string {
  return hints(page, [`${mark(page, 'upDown')} layout`, 'esc plan', 's save', '? keys', 'q quit']);
}
