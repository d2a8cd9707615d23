import {type Choice, movePicker, pickedChoice, typeInPicker} from '../dialogs/picker.js';
import {openSave, pathBeside} from '../dialogs/save.js';
import {keyInStart} from '../dialogs/start.js';
import {readWritten} from '../document/document.js';
import {changesOf, fieldOf, fields} from '../document/fields.js';
import {changePlan} from '../document/history.js';
import {type Dialog, type ScreenName, type State, screens} from '../state.js';
import {type Step, stay} from '../step.js';
import {addComparand} from './compare-keys.js';
import {openField} from './field-keys.js';
import {type Keystroke, letter} from './keystroke.js';

/** A key while something lies over the screen. */
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

type Of<Kind extends Dialog['kind']> = Extract<Dialog, {readonly kind: Kind}>;

const close = (state: State): State => ({...state, dialog: null});

/** A text after a key that edits it; null for a key that does not. */
function edited(text: string, key: Keystroke): string | null {
  if (key.name === 'text') return text + key.text;
  return key.name === 'backspace' ? text.slice(0, -1) : null;
}

function keyInEdit(state: State, dialog: Of<'edit'>, key: Keystroke): State {
  const input = edited(dialog.input, key);
  if (input !== null) return {...state, dialog: {...dialog, input}};
  if (key.name === 'escape') return close(state);
  const moves = {up: -1, down: 1, enter: 0, tab: 1, backTab: -1} as const;
  if (!(key.name in moves)) return state;
  const by = moves[key.name as keyof typeof moves];
  const field = Math.max(0, Math.min(fields.length - 1, state.field + by));
  return {...commitEdit(state, dialog.input), field};
}

function commitEdit(state: State, input: string): State {
  const found = fields[state.field];
  if (found === undefined) return close(state);
  const written = readWritten(state.text);
  return changePlan(close(state), changesOf(fieldOf(found, written), input, written));
}

function keyInPicker(state: State, dialog: Of<'picker'>, key: Keystroke): State {
  const {picker} = dialog;
  const query = edited(picker.query, key);
  if (query !== null) return {...state, dialog: {...dialog, picker: typeInPicker(picker, query)}};
  const moves = {up: -1, down: 1, pageUp: -10, pageDown: 10, home: -1e6, end: 1e6} as const;
  if (key.name in moves) {
    return {...state, dialog: {...dialog, picker: movePicker(picker, moves[key.name as keyof typeof moves])}};
  }
  if (key.name === 'escape') return close(state);
  if (key.name !== 'enter') return state;
  const choice = pickedChoice(picker);
  return choice === null ? close(state) : choose(close(state), choice);
}

function choose(state: State, choice: Choice): State {
  switch (choice.kind) {
    case 'screen':
      return {...state, screen: screens.find(screen => screen === choice.screen) ?? ('plan' as ScreenName)};
    case 'field':
      return openField({
        ...state,
        screen: 'plan',
        pane: 'fields',
        field: fields.findIndex(({key}) => key === choice.field),
      });
    case 'export': {
      const {target} = choice;
      const path = pathBeside(state, `${target}.sh`);
      return {...state, dialog: {kind: 'path', purpose: {kind: 'export', target}, path}};
    }
    case 'compare':
      return addComparand(state, choice.comparand);
    case 'set': {
      const field = fields.find(({key}) => key === choice.field);
      return field === undefined ? state : changePlan(state, [{path: field.path, value: choice.value}]);
    }
  }
}

function keyInSave(state: State, dialog: Of<'save'>, key: Keystroke): Step {
  const moves = {up: -1, down: 1, pageUp: -10, pageDown: 10} as const;
  if (key.name in moves) {
    const top = Math.max(0, dialog.top + moves[key.name as keyof typeof moves]);
    return stay({...state, dialog: {...dialog, top}});
  }
  if (key.name === 'escape') return stay(close(state));
  if (key.name === 'enter' && dialog.path.trim() !== '') {
    const {path, thenQuit} = dialog;
    const before = path === state.file.path ? state.file.text : null;
    return {
      state: close(state),
      effects: [{kind: 'save', path: path.trim(), before, text: state.text, thenQuit}],
    };
  }
  const path = dialog.asksPath ? edited(dialog.path, key) : null;
  return stay(path === null ? state : {...state, dialog: {...dialog, path}});
}

function keyInPath(state: State, dialog: Of<'path'>, key: Keystroke): Step {
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
  return stay({...close(state), report: {text: state.text, out}, message});
}

function keyInQuit(state: State, key: Keystroke): Step {
  const typed = letter(key);
  if (typed === 'q' || typed === 'y') return {state, effects: [{kind: 'quit'}]};
  if (typed === 's' || key.name === 'enter') return stay(openSave(state, true));
  return stay(key.name === 'escape' || typed === 'n' ? close(state) : state);
}

function keyInHelp(state: State, dialog: Of<'help'>, key: Keystroke): State {
  const moves = {up: -1, down: 1, pageUp: -10, pageDown: 10} as const;
  if (!(key.name in moves)) return close(state);
  const top = Math.max(0, dialog.top + moves[key.name as keyof typeof moves]);
  return {...state, dialog: {...dialog, top}};
}
