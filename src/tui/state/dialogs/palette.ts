import type {PlanAnswer} from '../../planning/answers.js';
import {readWritten} from '../document/document.js';
import {fieldOf, fields} from '../document/fields.js';
import {type State, screens} from '../state.js';
import type {Entry, Picker} from './picker.js';

/** A list to choose a model, a machine or a software stack from, with the cursor on the present one. */
export function pickerFor(
  of: 'model' | 'hardware' | 'software',
  known: State['known'],
  answer: PlanAnswer | null,
  current: string | null,
): Picker {
  const names = {model: known.models, hardware: known.hardware, software: answer?.stacks ?? []}[of];
  const entries = names.map(name => setEntry('', of, name));
  return {entries, query: '', index: Math.max(0, names.indexOf(current ?? ''))};
}

/** Everything that can be jumped to or chosen, for the search. */
export function palette(state: State): Picker {
  const {known, answer, text} = state;
  const written = readWritten(text);
  const entries: Entry[] = [
    ...fields.map(field => ({
      label: fieldOf(field, written).label,
      kind: 'edit',
      choice: {kind: 'field', field: field.key} as const,
    })),
    ...screens.map(screen => ({label: screen, kind: 'go to', choice: {kind: 'screen', screen} as const})),
    ...known.models.map(name => setEntry('model', 'model', name)),
    ...known.hardware.map(name => setEntry('hardware', 'hardware', name)),
    ...(answer?.answer.stacks ?? []).map(name => setEntry('software', 'software', name)),
  ];
  return {entries, query: '', index: 0};
}

function setEntry(kind: string, field: string, value: string): Entry {
  return {label: value, kind, choice: {kind: 'set', field, value}};
}
