import type {Job} from '../planning/job.js';
import type {Row} from '../planning/reply.js';
import {itemsToCompare} from './comparison.js';
import {type AnsweredPlan, plannedText, type State, selectedRow} from './state.js';

/** Path that relative names start at while the plan has no file. */
const unnamedPath = 'plan.yaml';

/** Least width at which the plan screen shows the timeline of the selected layout. */
export const timelineColumns = 190;

/** Jobs whose replies the screen shows, at most one of each kind. */
export function jobsForState(state: State): readonly Job[] {
  const text = plannedText(state);
  if (text === '') return [];
  const path = state.file.path ?? unnamedPath;
  const row = selectedRow(state);
  const {answer, report, screen} = state;
  return [
    {kind: 'plan', path, text},
    ...(answer === null || row === null ? [] : jobsForAnswer(state, answer, row, path)),
    ...(report === null ? [] : [{kind: 'report', path, ...report} as const]),
    ...(screen === 'compare' ? [{kind: 'compare', path, text, items: itemsToCompare(state)} as const] : []),
  ];
}

/** Jobs about the plan that was answered last and its selected row. */
function jobsForAnswer(state: State, {text, answer}: AnsweredPlan, row: Row, path: string): readonly Job[] {
  const {screen, size, whatIf} = state;
  const {layout} = row;
  const plan = {path, text};
  const jobs: Job[] = [];
  if (screen === 'layout' || (screen === 'plan' && size.columns >= timelineColumns))
    jobs.push({kind: 'timeline', ...plan, layout});
  if (screen === 'what-if') jobs.push({kind: 'trial', ...plan, factors: whatIf.factors});
  if (needsSensitivity(state)) jobs.push({kind: 'sensitivity', ...plan});
  if (screen === 'calendar') {
    const best = answer.rows[0] ?? row;
    jobs.push(
      {kind: 'calendar', ...plan, layout},
      {kind: 'diloco', ...plan},
      {kind: 'sizes', ...plan, layout: best.layout, moments: runLengths(row)},
    );
  }
  return jobs;
}

/** True on the what-if screen, and on the plan screen while nothing is typed. */
function needsSensitivity({screen, answer, dialog}: State): boolean {
  if (answer === null || answer.answer.progress < 1 || answer.answer.noFit !== null) return false;
  return screen === 'what-if' || (screen === 'plan' && dialog === null);
}

/** Lengths of training runs whose best model size the calendar shows: the deadline, and shares of it. */
function runLengths({plan: {goal}, run}: Row): readonly number[] {
  const whole = goal.deadline ?? run.expectedSeconds;
  return [whole / 4, whole / 2, whole];
}
