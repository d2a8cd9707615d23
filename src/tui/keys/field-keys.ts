import {changePlan} from '../actions/history.js';
import type {Keystroke} from '../actions/keystroke.js';
import {namePicker} from '../actions/palette.js';
import {pinKey} from '../actions/pins.js';
import {applyChanges} from '../document/plan-document.js';
import {
  changesOf,
  fieldIn,
  isRequired,
  labelOf,
  type PlanField,
  planFields,
  steppedValue,
} from '../document/plan-fields.js';
import type {State} from '../state/state.js';

/** A key while the cursor is on the fields of the plan. */
export function keyOnFields(state: State, key: Keystroke): State {
  const last = planFields.length - 1;
  const move = (field: number): State => ({...state, field: Math.max(0, Math.min(last, field))});
  switch (key.name) {
    case 'up':
      return move(state.field - 1);
    case 'down':
      return move(state.field + 1);
    case 'home':
    case 'pageUp':
      return move(0);
    case 'end':
    case 'pageDown':
      return move(last);
    case 'left':
      return stepField(state, -1);
    case 'right':
      return stepField(state, 1);
    case 'enter':
      return openField(state);
    case 'tab':
    case 'backTab':
      return {...state, pane: 'table'};
    case 'backspace':
      return clearField(state);
    case 'text':
      return textOnFields(state, key.text);
    default:
      return state;
  }
}

function textOnFields(state: State, text: string): State {
  const field = currentField(state);
  // Digits start an edit at once; letters are commands.
  if (field?.input.kind === 'amount' && /^[\d$.]/.test(text)) return editField(state, text);
  if (text === '+' || text === '-') return stepField(state, text === '+' ? 1 : -1);
  return pinKey(state, text);
}

/** The field under the cursor, with the path that the plan uses. */
function currentField({field: index, document}: State): PlanField | undefined {
  const field = planFields[index];
  return field === undefined ? undefined : fieldIn(field, document);
}

/** Starts to edit the field under the cursor. */
export function openField(state: State): State {
  const field = currentField(state);
  if (field === undefined) return state;
  const current = state.document.at(field.path);
  switch (field.input.kind) {
    case 'list': {
      const picker = namePicker(state, field.input.of, current);
      return {...state, dialog: {kind: 'picker', title: labelOf(field), picker}};
    }
    case 'words':
      return stepField(state, 1);
    case 'amount':
      return editField(state, current ?? '');
  }
}

/** The state while `input` is typed into the field under the cursor: the plan with it is planned at once. */
export function editField(state: State, input: string): State {
  const {document} = state;
  const field = currentField(state);
  const changes = field === undefined || input.trim() === '' ? [] : changesOf(field, input, document);
  const edited = applyChanges(document.text, changes);
  return {...state, dialog: {kind: 'edit', input, text: 'text' in edited ? edited.text : document.text}};
}

/** Puts the typed value into the plan. A value that the plan cannot take stays in the field. */
export function commitField(state: State, input: string): State {
  const field = currentField(state);
  if (field === undefined) return {...state, dialog: null};
  const changed = changePlan(state, changesOf(field, input, state.document));
  return changed.message === null ? {...changed, dialog: null} : changed;
}

function stepField(state: State, direction: 1 | -1): State {
  const {document, answer} = state;
  const field = currentField(state);
  if (field === undefined) return state;
  if (field.input.kind === 'list') return direction === 1 ? openField(state) : state;
  const next = steppedValue(field, document.at(field.path), direction, answer?.answer.precisions ?? null);
  return next === null ? state : changePlan(state, changesOf(field, next, document));
}

/** Removes an optional value from the plan. */
function clearField(state: State): State {
  const field = currentField(state);
  if (field === undefined || isRequired(field)) return state;
  return changePlan(state, changesOf(field, '', state.document));
}
