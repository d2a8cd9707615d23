import {exportTarget, exportTargetNames} from '../../../export/targets.js';
import {palette} from '../dialogs/palette.js';
import type {Entry} from '../dialogs/picker.js';
import {openSave, openSaveAs, pathBeside} from '../dialogs/save.js';
import {redo, undo} from '../document/history.js';
import {isUnsaved, type ScreenName, type State, screens, selectedRow} from '../state.js';
import {type Step, stay} from '../step.js';
import {keyOnCompare} from './compare-keys.js';
import {keyOnFields} from './field-keys.js';
import {type Keystroke, letter} from './keystroke.js';
import {keyOnLayout} from './layout-keys.js';
import {keyOnRuns, keyOnTable} from './table-keys.js';
import {keyOnWhatIf} from './what-if-keys.js';

/** A key on a screen with nothing over it. */
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
      return stay(keyOnRuns(state, key));
  }
}

const screenLetters: Readonly<Record<string, ScreenName>> = {
  l: 'layout',
  w: 'what-if',
  c: 'calendar',
  m: 'compare',
};

/** Keys that mean the same on every screen; null for others. */
function commonKey(state: State, key: Keystroke): Step | null {
  const typed = letter(key);
  if (key.name === 'escape' && state.screen !== 'plan') return stay({...state, screen: 'plan'});
  if (key.name === 'redo') return stay(redo(state));
  if (typed === null) return null;
  const screen = screenLetters[typed];
  if (screen !== undefined) return stay({...state, screen});
  switch (typed) {
    case 'q':
      return isUnsaved(state) ? stay({...state, dialog: {kind: 'quit'}}) : {state, effects: [{kind: 'quit'}]};
    case '?':
      return stay({...state, dialog: {kind: 'help', top: 0}});
    case '/':
      return stay({...state, dialog: {kind: 'picker', title: 'find', picker: palette(state)}});
    case 's':
      return stay(
        isUnsaved(state)
          ? openSave(state, false)
          : {...state, message: {kind: 'quiet', text: 'nothing to save: the file holds this plan'}},
      );
    case 'S':
      return stay(state.text === '' ? state : openSaveAs(state, false));
    case 'r':
      return stay({
        ...state,
        dialog: {kind: 'path', purpose: {kind: 'report'}, path: pathBeside(state, 'html')},
      });
    case 'x':
      return stay(chooseTarget(state));
    case 'u':
      return stay(undo(state));
    case 'U':
      return stay(redo(state));
    case '[':
    case ']':
      return stay({...state, screen: besideScreen(state.screen, typed === ']' ? 1 : -1)});
    default:
      return null;
  }
}

/** Exports one layout for a program that is chosen out of a list. */
function chooseTarget(state: State): State {
  if (selectedRow(state) === null)
    return {...state, message: {kind: 'quiet', text: 'no layout to export yet'}};
  const entries = exportTargetNames
    .filter(name => exportTarget(name).of === 'layout')
    .map((name): Entry => ({label: name, kind: '', choice: {kind: 'export', target: name}}));
  return {...state, dialog: {kind: 'picker', title: 'export to', picker: {entries, query: '', index: 0}}};
}

function besideScreen(screen: ScreenName, by: number): ScreenName {
  const at = (screens.indexOf(screen) + by + screens.length) % screens.length;
  return screens[at] ?? 'plan';
}
