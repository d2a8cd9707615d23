import type {Comparand, Job, Row} from '../planning/answers.js';
import {applyChanges, readWritten} from './document/document.js';
import {changesOf, fieldOf, fields} from './document/fields.js';
import {type State, selectedRow} from './state.js';

/** Every part of a picture asks for the same text. */
const plannedTexts = new WeakMap<State, string>();

/** The text that the screen plans: the document, with what is being typed. */
export function plannedText(state: State): string {
  const known = plannedTexts.get(state);
  if (known !== undefined) return known;
  const text = withTyped(state);
  plannedTexts.set(state, text);
  return text;
}

function withTyped(state: State): string {
  const {dialog, text} = state;
  const found = fields[state.field];
  if (dialog?.kind !== 'edit' || found === undefined || dialog.input.trim() === '') return text;
  const written = readWritten(text);
  const edited = applyChanges(text, changesOf(fieldOf(found, written), dialog.input, written));
  return 'text' in edited ? edited.text : text;
}

/** Path that relative names in the plan start at. */
const unnamed = 'plan.yaml';

/** The plan's own machine first, then the others. */
export function comparedWith({text, comparands}: State): readonly Comparand[] {
  const own = readWritten(text)(['cluster', 'hardware']);
  if (own === null) return comparands;
  const others = comparands.filter(({kind, name}) => kind === 'plan' || name !== own);
  return [{kind: 'machine', name: own}, ...others];
}

/** What each figure is worth is worked out behind the what-if screen, and behind the plan as it is read. */
function wantsSensitivity({screen, answer, dialog}: State): boolean {
  if (answer === null || answer.answer.progress < 1 || answer.answer.noFit !== null) return false;
  return screen === 'what-if' || (screen === 'plan' && dialog === null);
}

/** From this width on the plan screen has room for the timeline of the selected layout. */
export const timelineColumns = 190;

/** Lengths of trainings that the calendar tells the best model size for: the deadline, and shares of it. */
function moments({plan: {goal}, run}: Row): readonly number[] {
  const whole = goal.deadline ?? run.expectedSeconds;
  return [whole / 4, whole / 2, whole];
}

/** What the screen wants to know, one job of a topic at most. */
export function wantedJobs(state: State): readonly Job[] {
  const text = plannedText(state);
  if (text === '') return [];
  const path = state.file.path ?? unnamed;
  const jobs: Job[] = [{topic: 'plan', path, text}];
  const row = selectedRow(state);
  if (state.answer !== null && row !== null) {
    const about = {path, text: state.answer.text, layout: row.layout};
    const showsTimeline = state.screen === 'plan' && state.size.columns >= timelineColumns;
    if (state.screen === 'layout' || showsTimeline) jobs.push({topic: 'timeline', ...about});
    if (state.screen === 'what-if') {
      jobs.push({topic: 'trial', path, text: state.answer.text, factors: state.whatIf.factors});
    }
    if (wantsSensitivity(state)) jobs.push({topic: 'sensitivity', path, text: state.answer.text});
    if (state.screen === 'calendar') {
      jobs.push(
        {topic: 'calendar', ...about},
        {topic: 'outer', path, text: state.answer.text},
        {
          topic: 'sizes',
          ...about,
          layout: (state.answer.answer.rows[0] ?? row).layout,
          moments: moments(row),
        },
      );
    }
  }
  if (state.report !== null) jobs.push({topic: 'report', path, ...state.report});
  if (state.screen === 'compare') jobs.push({topic: 'compare', path, text, comparands: comparedWith(state)});
  return jobs;
}
