import {changePlan} from '../actions/history.js';
import {type Keystroke, letter} from '../actions/keystroke.js';
import {openSave, siblingPath} from '../actions/save.js';
import {type Step, stay} from '../actions/step.js';
import {planFields} from '../document/plan-fields.js';
import type {Dialog, EditDialog, HelpDialog, PathDialog, PickerDialog, SaveDialog} from '../state/dialog.js';
import {movePicker, type PickerChoice, pickedChoice, withQuery} from '../state/picker.js';
import type {State} from '../state/state.js';
import {addItem} from './compare-keys.js';
import {commitField, editField, openField} from './field-keys.js';
import {keyInStart} from './start-keys.js';

/** A key while a dialog is open. */
export function keyInDialog(state: State, dialog: Dialog, key: Keystroke): Step {
  switch (dialog.kind) {
    case 'start':
      return keyInStart(state, dialog, key);
    case 'edit':
      return stay(keyInEdit(state, dialog, key));
    case 'picker':
      return stay(keyInPicker(state, dialog, key));
    case 'save':
      return keyInSave(state, dialog, key);
    case 'path':
      return keyInPath(state, dialog, key);
    case 'quit':
      return keyInQuit(state, key);
    case 'help':
      return stay(keyInHelp(state, dialog, key));
  }
}

const close = (state: State): State => ({...state, dialog: null});

/** The text after a key that edits it; null for any other key. */
function edited(text: string, key: Keystroke): string | null {
  if (key.name === 'text') return text + key.text;
  return key.name === 'backspace' ? text.slice(0, -1) : null;
}

/** Lines that a key scrolls by; null for any other key. */
function scrolledBy({name}: Keystroke): number | null {
  const moves: Partial<Record<Keystroke['name'], number>> = {
    up: -1,
    down: 1,
    pageUp: -10,
    pageDown: 10,
  };
  return moves[name] ?? null;
}

function keyInEdit(state: State, dialog: EditDialog, key: Keystroke): State {
  const input = edited(dialog.input, key);
  if (input !== null) return editField(state, input);
  if (key.name === 'escape') return close(state);
  const moves: Partial<Record<Keystroke['name'], number>> = {
    up: -1,
    down: 1,
    enter: 0,
    tab: 1,
    backTab: -1,
  };
  const by = moves[key.name];
  if (by === undefined) return state;
  const committed = commitField(state, dialog.input);
  const field = Math.max(0, Math.min(planFields.length - 1, state.field + by));
  return committed.dialog === null ? {...committed, field} : committed;
}

function keyInPicker(state: State, dialog: PickerDialog, key: Keystroke): State {
  const {picker} = dialog;
  const query = edited(picker.query, key);
  if (query !== null) return {...state, dialog: {...dialog, picker: withQuery(picker, query)}};
  const ends: Partial<Record<Keystroke['name'], number>> = {
    home: -picker.entries.length,
    end: picker.entries.length,
  };
  const by = scrolledBy(key) ?? ends[key.name] ?? null;
  if (by !== null) return {...state, dialog: {...dialog, picker: movePicker(picker, by)}};
  if (key.name === 'escape') return close(state);
  if (key.name !== 'enter') return state;
  const choice = pickedChoice(picker);
  return choice === null ? close(state) : choose(close(state), choice);
}

function choose(state: State, choice: PickerChoice): State {
  switch (choice.kind) {
    case 'screen':
      return {...state, screen: choice.screen};
    case 'field': {
      const field = planFields.findIndex(({key}) => key === choice.field);
      return openField({...state, screen: 'plan', pane: 'fields', field});
    }
    case 'export': {
      const {target} = choice;
      const path = siblingPath(state, `${target}.sh`);
      return {...state, dialog: {kind: 'path', purpose: {kind: 'export', target}, path}};
    }
    case 'compare':
      return addItem(state, choice.item);
    case 'set': {
      const field = planFields.find(({key}) => key === choice.field);
      return field === undefined ? state : changePlan(state, [{path: field.path, value: choice.value}]);
    }
  }
}

function keyInSave(state: State, dialog: SaveDialog, key: Keystroke): Step {
  const by = scrolledBy(key);
  if (by !== null) return stay({...state, dialog: {...dialog, top: Math.max(0, dialog.top + by)}});
  if (key.name === 'escape') return stay(close(state));
  if (key.name === 'enter' && dialog.path.trim() !== '') {
    const {path, thenQuit} = dialog;
    const before = path === state.file.path ? state.file.text : null;
    const {text} = state.document;
    return {state: close(state), effects: [{kind: 'save', path: path.trim(), before, text, thenQuit}]};
  }
  const path = dialog.asksPath ? edited(dialog.path, key) : null;
  return stay(path === null ? state : {...state, dialog: {...dialog, path}});
}

function keyInPath(state: State, dialog: PathDialog, key: Keystroke): Step {
  const path = edited(dialog.path, key);
  if (path !== null) return stay({...state, dialog: {...dialog, path}});
  if (key.name === 'escape') return stay(close(state));
  if (key.name !== 'enter' || dialog.path.trim() === '') return stay(state);
  const out = dialog.path.trim();
  const {purpose} = dialog;
  if (purpose.kind === 'export') {
    return {state: close(state), effects: [{kind: 'export', target: purpose.target, path: out}]};
  }
  const message = {kind: 'quiet', text: 'making the report ...'} as const;
  return stay({...close(state), report: {text: state.document.text, out}, message});
}

function keyInQuit(state: State, key: Keystroke): Step {
  const typed = letter(key);
  if (typed === 'q' || typed === 'y') return {state, effects: [{kind: 'quit'}]};
  if (typed === 's' || key.name === 'enter') return stay(openSave(state, true));
  return stay(key.name === 'escape' || typed === 'n' ? close(state) : state);
}

function keyInHelp(state: State, dialog: HelpDialog, key: Keystroke): State {
  const by = scrolledBy(key);
  return by === null ? close(state) : {...state, dialog: {...dialog, top: Math.max(0, dialog.top + by)}};
}
