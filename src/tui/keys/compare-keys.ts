import {changePlan} from '../actions/history.js';
import type {Keystroke} from '../actions/keystroke.js';
import {changeOrder} from '../actions/pins.js';
import {type Step, stay} from '../actions/step.js';
import type {ComparedItem} from '../planning/job.js';
import {isSameItem, itemsInOrder} from '../state/comparison.js';
import type {PickerEntry} from '../state/picker.js';
import type {State} from '../state/state.js';

/** A key on the comparison: adds and removes machines and plans, and moves the plan to a machine. */
export function keyOnCompare(state: State, key: Keystroke): Step {
  const lines = itemsInOrder(state);
  const current = lines[state.comparedIndex];
  const move = (to: number): Step =>
    stay({...state, comparedIndex: Math.max(0, Math.min(lines.length - 1, to))});
  switch (key.name) {
    case 'up':
      return move(state.comparedIndex - 1);
    case 'down':
      return move(state.comparedIndex + 1);
    case 'pageUp':
    case 'home':
      return move(0);
    case 'pageDown':
    case 'end':
      return move(lines.length - 1);
    case 'enter':
      return stay(current === undefined ? state : moveTo(state, current));
    case 'backspace':
      return stay(removeItem(state, current));
    case 'text':
      return textOnCompare(state, key.text, current);
    default:
      return stay(state);
  }
}

function textOnCompare(state: State, text: string, current: ComparedItem | undefined): Step {
  switch (text) {
    case 'a':
      // Files may have changed since they were last listed.
      return {state: openAddItem(state), effects: [{kind: 'findPlans', near: state.file.path}]};
    case 'd':
      return stay(removeItem(state, current));
    case 'o':
      return stay(changeOrder(state));
    default:
      return stay(state);
  }
}

/** Opens a list of plan files and machines to add; another file can be typed as its path. */
export function openAddItem(state: State): State {
  const lines = itemsInOrder(state);
  const all: ComparedItem[] = [
    ...state.known.plans.map(name => ({kind: 'plan', name}) as const),
    ...state.known.hardware.map(name => ({kind: 'machine', name}) as const),
  ];
  const entries = all
    .filter(item => !lines.some(other => isSameItem(item, other)))
    .map((item): PickerEntry => ({label: item.name, kind: item.kind, choice: {kind: 'compare', item}}));
  const picker = {entries, query: '', index: 0, takesPath: true};
  return {...state, dialog: {kind: 'picker', title: 'compare with', picker}};
}

export function addItem(state: State, item: ComparedItem): State {
  if (state.comparedItems.some(other => isSameItem(item, other))) return state;
  return {...state, comparedItems: [...state.comparedItems, item]};
}

function removeItem(state: State, item: ComparedItem | undefined): State {
  if (item === undefined) return state;
  return {...state, comparedItems: state.comparedItems.filter(other => !isSameItem(item, other))};
}

function moveTo(state: State, {kind, name}: ComparedItem): State {
  if (kind === 'plan') return {...state, message: {kind: 'quiet', text: `walltime tui ${name} opens it`}};
  const changed = changePlan(state, [{path: ['cluster', 'hardware'], value: name}]);
  return changed.document === state.document
    ? changed
    : {...changed, message: {kind: 'quiet', text: `the plan is on ${name} now; u takes that back`}};
}
