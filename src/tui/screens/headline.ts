import {displayWidth, fit} from '../../report/page/display-width.js';
import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import {
  formatBinaryBytes,
  formatEnergy,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../../units/format-quantity.js';
import type {Row} from '../planning/reply.js';
import {plannedText, type State, selectedRow} from '../state/state.js';
import {mark} from '../widgets/marks.js';

interface Fact {
  readonly text: string;
  readonly important: boolean;
  /** Goes first where there is no room; 0 stays. */
  readonly drop: number;
}

/** The figures that decide, of the selected layout, and how sure the search is. Always in sight. */
export function headline(page: Page, state: State): string {
  const status = statusOf(page, state);
  const room = page.width - displayWidth(status) - 3;
  const facts = factsOf(state);
  const line = (kept: readonly Fact[]) =>
    kept
      .map(({text, important}) => (important && !isStale(state) ? paint(page, 'title', text) : text))
      .join(paint(page, 'quiet', ` ${mark(page, 'separator')} `));
  let kept = facts;
  while (displayWidth(line(kept)) > room && kept.some(({drop}) => drop > 0)) {
    const most = Math.max(...kept.map(({drop}) => drop));
    kept = kept.filter(({drop}) => drop !== most);
  }
  const text = isStale(state) ? paint(page, 'quiet', line(kept)) : line(kept);
  return ` ${fit(text, Math.max(0, room))} ${status} `;
}

/** What is on the screen is of an earlier text. */
export function isStale(state: State): boolean {
  return state.answer !== null && state.answer.text !== plannedText(state);
}

function factsOf(state: State): Fact[] {
  const row = selectedRow(state);
  const answer = state.answer?.answer;
  if (row === null || answer === undefined) return [{text: 'no answer yet', important: false, drop: 0}];
  const {run, step, utilization, estimate, plan} = row;
  const {memory} = estimate;
  const fact = (text: string, drop: number, important = false): Fact => ({text, drop, important});
  const facts = [
    fact(formatSeconds(run.seconds.p50), 0, true),
    fact(`P90 ${formatSeconds(run.seconds.p90)}`, 1),
    fact(`step ${formatSeconds(step.p50)}`, 3),
    fact(`${formatPercent(utilization.modelFlopsUtilization)} of peak`, 4),
    fact(
      `${formatBinaryBytes(memory.peakBytes + memory.outsideBytes).replace(/ GiB$/, '')} of ${formatBinaryBytes(memory.capacityBytes)}`,
      5,
    ),
    fact(run.costUsd === null ? '$ —' : formatUsd(run.costUsd), 2),
    fact(formatEnergy(run.energyJoules), 6),
  ];
  facts.push(fact(lossInWords(row), 7));
  const {deadline, budget} = plan.goal;
  if (deadline !== null || budget !== null) {
    facts.push(fact(row.meetsGoal ? 'meets the goal' : 'misses the goal', 8, !row.meetsGoal));
  }
  return facts;
}

function lossInWords({loss: {value, band}}: Row): string {
  const figure = `loss ${formatNumber(value)}`;
  return band === null ? figure : `${figure} ± ${formatNumber((band.p90 - band.p10) / 2, 1)}`;
}

function statusOf(page: Page, state: State): string {
  if (state.problems.length > 0) return paint(page, 'bad', '! see below');
  const {answer} = state;
  if (isStale(state) || answer === null) return paint(page, 'warning', `${mark(page, 'working')} planning`);
  const {progress, optimal, noFit} = answer.answer;
  if (progress < 1)
    return paint(page, 'warning', `${mark(page, 'working')} refining ${formatPercent(progress, 2)}`);
  if (noFit !== null) return paint(page, 'bad', '! does not fit');
  return optimal
    ? paint(page, 'good', `${mark(page, 'done')} certified`)
    : paint(page, 'warning', 'not certified');
}
