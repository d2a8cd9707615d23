import {exportTarget, exportTargetNames} from '../../export/targets.js';
import {redo, undo} from '../actions/history.js';
import {type Keystroke, letter} from '../actions/keystroke.js';
import {palette} from '../actions/palette.js';
import {openSave, openSaveAs, siblingPath} from '../actions/save.js';
import {type Step, stay} from '../actions/step.js';
import type {PickerEntry} from '../state/picker.js';
import {type ScreenName, screens, screenTabs} from '../state/screen-name.js';
import {isUnsaved, type State, selectedRow} from '../state/state.js';
import {keyOnCompare} from './compare-keys.js';
import {keyOnFields} from './field-keys.js';
import {keyOnLayout} from './layout-keys.js';
import {keyOnRows, keyOnTable} from './table-keys.js';
import {keyOnWhatIf} from './what-if-keys.js';

/** A key on a screen without a dialog. */
export function keyOnScreen(state: State, key: Keystroke): Step {
  const common = commonKey(state, key);
  if (common !== null) return common;
  switch (state.screen) {
    case 'plan':
      return stay(state.pane === 'fields' ? keyOnFields(state, key) : keyOnTable(state, key));
    case 'layout':
      return stay(keyOnLayout(state, key));
    case 'what-if':
      return stay(keyOnWhatIf(state, key));
    case 'compare':
      return keyOnCompare(state, key);
    case 'calendar':
      return stay(keyOnRows(state, key));
  }
}

/** Handles keys with one meaning on every screen; null for any other key. */
function commonKey(state: State, key: Keystroke): Step | null {
  const typed = letter(key);
  if (key.name === 'escape' && state.screen !== 'plan') return stay({...state, screen: 'plan'});
  if (key.name === 'redo') return stay(redo(state));
  if (typed === null) return null;
  const screen = screens.find(name => screenTabs[name].key === typed);
  if (screen !== undefined) return stay({...state, screen});
  switch (typed) {
    case 'q':
      return isUnsaved(state) ? stay({...state, dialog: {kind: 'quit'}}) : {state, effects: [{kind: 'quit'}]};
    case '?':
      return stay({...state, dialog: {kind: 'help', top: 0}});
    case '/':
    case ':':
      return stay({...state, dialog: {kind: 'picker', title: 'find', picker: palette(state)}});
    case 's':
      return stay(
        isUnsaved(state)
          ? openSave(state, false)
          : {...state, message: {kind: 'quiet', text: 'nothing to save: the file holds this plan'}},
      );
    case 'S':
      return stay(state.document.text === '' ? state : openSaveAs(state, false));
    case 'r':
      return stay({
        ...state,
        dialog: {kind: 'path', purpose: {kind: 'report'}, path: siblingPath(state, 'html')},
      });
    case 'x':
      return stay(openTargets(state));
    case 'u':
      return stay(undo(state));
    case 'U':
      return stay(redo(state));
    case '[':
    case ']':
      return stay({...state, screen: adjacentScreen(state.screen, typed === ']' ? 1 : -1)});
    default:
      return null;
  }
}

/** Opens a list of the programs that the selected layout can be exported for. */
function openTargets(state: State): State {
  if (selectedRow(state) === null)
    return {...state, message: {kind: 'quiet', text: 'no layout to export yet'}};
  const entries = exportTargetNames
    .filter(name => exportTarget(name).of === 'layout')
    .map((name): PickerEntry => ({label: name, kind: '', choice: {kind: 'export', target: name}}));
  return {...state, dialog: {kind: 'picker', title: 'export to', picker: {entries, query: '', index: 0}}};
}

function adjacentScreen(screen: ScreenName, by: number): ScreenName {
  const at = (screens.indexOf(screen) + by + screens.length) % screens.length;
  return screens[at] ?? 'plan';
}
