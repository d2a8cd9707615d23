import {pickerFor} from '../dialogs/palette.js';
import {readWritten} from '../document/document.js';
import {changesOf, type Field, fieldOf, fields, stepped} from '../document/fields.js';
import {changePlan} from '../document/history.js';
import {pinKey} from '../document/pins.js';
import type {State} from '../state.js';
import type {Keystroke} from './keystroke.js';

/** A key while the cursor is on the fields of the plan. */
export function keyOnFields(state: State, key: Keystroke): State {
  const last = fields.length - 1;
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
  if (field?.input.kind === 'amount' && /^[\d$.]/.test(text)) {
    return {...state, dialog: {kind: 'edit', input: text}};
  }
  if (text === '+' || text === '-') return stepField(state, text === '+' ? 1 : -1);
  return pinKey(state, text);
}

/** The field under the cursor, as the plan writes it. */
function currentField(state: State): Field | undefined {
  const field = fields[state.field];
  return field === undefined ? undefined : fieldOf(field, readWritten(state.text));
}

/** Starts to edit the field under the cursor. */
export function openField(state: State): State {
  const field = currentField(state);
  if (field === undefined) return state;
  const current = readWritten(state.text)(field.path);
  switch (field.input.kind) {
    case 'list': {
      const picker = pickerFor(field.input.of, state.known, state.answer?.answer ?? null, current);
      return {...state, dialog: {kind: 'picker', title: field.label, picker}};
    }
    case 'words':
      return stepField(state, 1);
    case 'amount':
      return {...state, dialog: {kind: 'edit', input: current ?? ''}};
  }
}

function stepField(state: State, direction: 1 | -1): State {
  const field = currentField(state);
  if (field === undefined) return state;
  if (field.input.kind === 'list') return direction === 1 ? openField(state) : state;
  const written = readWritten(state.text);
  const next = stepped(field, written(field.path), direction, state.answer?.answer ?? null);
  return next === null ? state : changePlan(state, changesOf(field, next, written));
}

/** Takes an optional value out of the plan. */
function clearField(state: State): State {
  const field = currentField(state);
  if (field === undefined || field.absent === '—') return state;
  return changePlan(state, changesOf(field, '', readWritten(state.text)));
}
