import {displayWidth, fit} from '../../report/terminal/display-width.js';
import {fittingColumns} from '../../report/terminal/fitting-columns.js';
import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import {
  formatBinaryBytes,
  formatEnergy,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../../units/format-quantity.js';
import type {Row} from '../planning/reply.js';
import {isStale, type State, selectedRow} from '../state/state.js';
import {mark} from '../widgets/marks.js';

interface Figure {
  readonly text: string;
  readonly isImportant: boolean;
  /** The highest number goes first if there is no room; 0 stays. */
  readonly drop: number;
}

const separatorColumns = 3;

/** Figures of the selected layout that decide, and the status of the search. A tilde marks figures that may still change. */
export function headline(style: TerminalStyle, state: State): string {
  const status = statusOf(style, state);
  const room = style.width - displayWidth(status) - 3;
  const figures = figuresToShow(state).map(figure => ({...figure, columns: displayWidth(figure.text)}));
  const stale = isStale(state);
  const isProvisional = stale || (state.answer !== null && state.answer.answer.progress < 1);
  const provisional = isProvisional ? '~' : '';
  const line = fittingColumns(figures, room - provisional.length + separatorColumns, separatorColumns)
    .map(({text, isImportant}) => (isImportant && !isProvisional ? paint(style, 'title', text) : text))
    .join(paint(style, 'quiet', ` ${mark(style, 'separator')} `));
  return ` ${fit(isProvisional ? paint(style, 'quiet', `${provisional}${line}`) : line, Math.max(0, room))} ${status} `;
}

function figuresToShow(state: State): readonly Figure[] {
  const row = selectedRow(state);
  if (row === null) return [{text: 'no answer yet', isImportant: false, drop: 0}];
  const {run, step, utilization, estimate, plan} = row;
  const figure = (text: string, drop: number, isImportant = false): Figure => ({text, drop, isImportant});
  const {deadline, budget} = plan.goal;
  const goal = row.meetsGoal ? 'meets the goal' : 'misses the goal';
  return [
    figure(formatSeconds(run.seconds.p50), 0, true),
    figure(`P90 ${formatSeconds(run.seconds.p90)}`, 1),
    figure(`clean ${formatSeconds(run.cleanSeconds.p50)}`, 3),
    figure(`step ${formatSeconds(step.p50)}`, 3),
    figure(`${formatPercent(utilization.modelFlopsUtilization)} of peak`, 4),
    figure(formatMemory(estimate.memory), 5),
    figure(run.costUsd === null ? '$ —' : formatUsd(run.costUsd), 2),
    figure(formatEnergy(run.energyJoules), 6),
    figure(formatLossChoice(row), 7),
    ...(deadline === null && budget === null ? [] : [figure(goal, 8, !row.meetsGoal)]),
  ];
}

function formatMemory({neededBytes, capacityBytes}: Row['estimate']['memory']): string {
  const needed = formatBinaryBytes(neededBytes).replace(/ GiB$/, '');
  return `${needed} of ${formatBinaryBytes(capacityBytes)}`;
}

function formatLossChoice({loss: {value, band}}: Row): string {
  const figure = `loss ${formatNumber(value)}`;
  return band === null ? figure : `${figure} ± ${formatNumber((band.p90 - band.p10) / 2, 1)}`;
}

/** The status of the search, in a colour. */
function statusOf(style: TerminalStyle, state: State): string {
  if (state.problems.length > 0) return paint(style, 'bad', '! see below');
  const {answer} = state;
  if (isStale(state) || answer === null) return paint(style, 'warning', `${mark(style, 'working')} planning`);
  const {progress, optimal, noFit} = answer.answer;
  if (progress < 1)
    return paint(style, 'warning', `${mark(style, 'working')} refining ${formatPercent(progress, 2)}`);
  if (noFit !== null) return paint(style, 'bad', '! does not fit');
  return optimal
    ? paint(style, 'good', `${mark(style, 'done')} certified`)
    : paint(style, 'warning', 'not certified');
}
