import {paint} from '../../../report/terminal/paint.js';
import {renderTable} from '../../../report/terminal/table.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import {wrap} from '../../../report/terminal/wrap.js';
import {formatGoodputBand} from '../../../report/text/format-goodput.js';
import {runLines, runPartLabels, runPartNames} from '../../../report/text/simulation/run-parts.js';
import {formatShare} from '../../../report/text/simulation/step-parts.js';
import {formatCount, formatNumber, formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import type {BestSize, CalendarReply, DilocoChoice, Row, SizesReply} from '../../planning/reply.js';
import {titled} from '../../widgets/titled.js';
import type {CalendarFindings} from './calendar-findings.js';

interface DetailLines {
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** Milestones and best sizes; parts of the run and DiLoCo. */
export function detailLines(
  style: TerminalStyle,
  row: Row,
  {calendar, diloco, sizes}: CalendarFindings,
): DetailLines {
  return {
    left: [...milestoneLines(style, row, calendar), ...sizeLines(style, row, sizes)],
    right: [
      paint(style, 'title', 'where the run goes'),
      ...runLines(style, row.plan, row.run),
      ...dilocoLines(style, diloco),
    ],
  };
}

/** The same in a line or two for each question. */
export function shortLines(
  style: TerminalStyle,
  row: Row,
  {calendar, diloco, sizes}: CalendarFindings,
): string[] {
  const whole = sizes?.sizes.at(-1);
  const size =
    whole === undefined
      ? 'best model size: planning ...'
      : `best model size for ${formatSeconds(whole.seconds)}${formatLength(row)}: ${formatSize(whole)}`;
  const replicas =
    diloco === null
      ? ['data parallel or DiLoCo: planning ...']
      : diloco.map(choice => dilocoCells(choice).filter(Boolean).join(' '));
  return [
    ...indented(style, [...passedMilestones(calendar), lastMilestone(row)]),
    ...goalLines(style, row),
    ...indented(style, [size, replicas.join('; ')]),
    ...shareLines(style, row.run),
  ];
}

function indented(style: TerminalStyle, sentences: readonly string[]): string[] {
  return sentences.flatMap(sentence => wrap(style, sentence, {indent: '  ', hanging: '    '}));
}

/** Parts of the run as shares of it. */
function shareLines(style: TerminalStyle, {parts, expectedSeconds}: Row['run']): string[] {
  const shares = runPartNames
    .filter(name => parts[name] > 0)
    .map(name => `${runPartLabels[name]} ${formatShare(parts[name] / expectedSeconds)}`);
  return titled(style, 'where the run goes', shares.join(', '));
}

function milestoneLines(style: TerminalStyle, row: Row, calendar: CalendarReply | null): string[] {
  return [
    paint(style, 'title', 'milestones'),
    ...indented(style, [...passedMilestones(calendar), lastMilestone(row)]),
    ...goalLines(style, row),
  ];
}

function passedMilestones(found: CalendarReply | null): string[] {
  return (found?.calendar.milestones ?? []).map(
    ({seconds, tokens, what}) => `${formatSeconds(seconds)}  ${formatCount(tokens)} tokens: ${what}`,
  );
}

/** The end of the run. */
function lastMilestone({run, loss, plan}: Row): string {
  const band =
    loss.band === null ? '' : ` (${formatNumber(loss.band.p10)} to ${formatNumber(loss.band.p90)})`;
  return `${formatSeconds(run.expectedSeconds)}  ${formatCount(plan.training.tokens)} tokens: loss ${formatNumber(loss.value, 4)}${band}`;
}

/** The best model for each length of a training run. */
function sizeLines(style: TerminalStyle, row: Row, sizes: SizesReply | null): string[] {
  const title = paint(style, 'title', 'best model size, the rest of the plan as it is');
  if (sizes === null) return [title, paint(style, 'quiet', '  planning ...')];
  const last = sizes.sizes.at(-1);
  const sentences = sizes.sizes.map(
    size =>
      `for ${formatSeconds(size.seconds)}${size === last ? formatLength(row) : ''}: ${formatSize(size)}`,
  );
  const progress =
    sizes.progress < 1 ? [paint(style, 'quiet', `  refining ${formatPercent(sizes.progress, 2)}`)] : [];
  const isEmpty = sizes.progress === 1 && sentences.length === 0;
  return [title, ...indented(style, isEmpty ? ['no size fits'] : sentences), ...progress];
}

function formatSize({parameters, tokens, loss}: BestSize): string {
  return `${formatCount(parameters, 2)} parameters on ${formatCount(tokens, 2)} tokens, loss ${formatNumber(loss, 4)}`;
}

/** Meaning of the longest length that sizes are searched for. */
function formatLength({plan}: Row): string {
  return plan.goal.deadline === null ? ', as long as this run' : ', the deadline';
}

function goalLines(style: TerminalStyle, {run, plan: {goal}, missed}: Row): string[] {
  const {p10, p50, p90} = run.seconds;
  const goodput = `goodput ${formatPercent(run.goodput)} ${formatGoodputBand(run)}, by the calendar ${formatSeconds(p10)} to ${formatSeconds(p90)}, clean run ${formatSeconds(run.cleanSeconds.p50)}`;
  const {deadline} = goal;
  const spare = deadline === null || p50 > deadline ? 'missed' : `${formatSeconds(deadline - p50)} to spare`;
  return [
    ...indented(style, [
      goodput,
      ...(deadline === null ? [] : [`deadline ${formatSeconds(deadline)}: ${spare}`]),
    ]),
    ...indented(
      style,
      missed.map(line => `! ${line}`),
    ).map(line => paint(style, 'bad', line)),
  ];
}

/** Data parallelism against DiLoCo, each with its best layout. */
function dilocoLines(style: TerminalStyle, choices: readonly DilocoChoice[] | null): string[] {
  const title = paint(style, 'title', 'data parallel or DiLoCo');
  if (choices === null) return [title, paint(style, 'quiet', '  planning ...')];
  const columns = [
    {title: '', align: 'left', drop: 0},
    {title: '', align: 'right', drop: 0},
    {title: '', align: 'right', drop: 0},
  ] as const;
  return [title, ...renderTable(style, {columns, rows: choices.map(dilocoCells)}, '  ')];
}

function dilocoCells({replicas, row}: DilocoChoice): string[] {
  const name = replicas === 1 ? 'data parallel' : `DiLoCo, ${replicas} replicas`;
  if (row === null) return [name, 'nothing fits', ''];
  return [name, formatSeconds(row.run.seconds.p50), `loss ${formatNumber(row.loss.value, 4)}`];
}
