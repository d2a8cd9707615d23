import type {Job} from '../planning/answers.js';
import {applyChanges, readWritten} from './document.js';
import {changesOf, fieldOf, fields} from './fields.js';
import {type State, selectedRow} from './state.js';

/** The text that the screen plans: the document, with what is being typed. */
export function plannedText(state: State): string {
  const {dialog, text} = state;
  const found = fields[state.field];
  if (dialog?.kind !== 'edit' || found === undefined || dialog.input.trim() === '') return text;
  const written = readWritten(text);
  const edited = applyChanges(text, changesOf(fieldOf(found, written), dialog.input, written));
  return 'text' in edited ? edited.text : text;
}

/** Path that relative names in the plan start at. */
const unnamed = 'plan.yaml';

/** What the screen wants to know, one job of a topic at most. */
export function wantedJobs(state: State): readonly Job[] {
  const text = plannedText(state);
  if (text === '') return [];
  const path = state.file.path ?? unnamed;
  const jobs: Job[] = [{topic: 'plan', path, text}];
  const row = selectedRow(state);
  if (state.screen === 'layout' && state.answer !== null && row !== null) {
    jobs.push({topic: 'timeline', path, text: state.answer.text, layout: row.layout});
  }
  return jobs;
}
