import type {Comparand} from '../../planning/answers.js';
import {orders} from '../columns.js';
import {comparandsInOrder, isSame} from '../compared.js';
import type {Entry} from '../dialogs/picker.js';
import {changePlan} from '../document/history.js';
import type {State} from '../state.js';
import {type Step, stay} from '../step.js';
import type {Keystroke} from './keystroke.js';

/** Keys on the comparison: machines and plans are added and taken away, and a machine is taken into the plan. */
export function keyOnCompare(state: State, key: Keystroke): Step {
  const lines = comparandsInOrder(state);
  const here = lines[state.comparand];
  const move = (to: number): Step => stay({...state, comparand: Math.max(0, Math.min(lines.length - 1, to))});
  switch (key.name) {
    case 'up':
      return move(state.comparand - 1);
    case 'down':
      return move(state.comparand + 1);
    case 'pageUp':
    case 'home':
      return move(0);
    case 'pageDown':
    case 'end':
      return move(lines.length - 1);
    case 'enter':
      return stay(here === undefined ? state : take(state, here));
    case 'backspace':
      return stay(remove(state, here));
    case 'text':
      return textOnCompare(state, key.text, here);
    default:
      return stay(state);
  }
}

function textOnCompare(state: State, text: string, here: Comparand | undefined): Step {
  switch (text) {
    case 'a':
      // What lies beside the plan may have changed since it was last asked for.
      return {state: openAdd(state), effects: [{kind: 'findPlans', beside: state.file.path}]};
    case 'd':
      return stay(remove(state, here));
    case 'o': {
      const next = orders[(orders.indexOf(state.order) + 1) % orders.length] ?? 'goal';
      const by = next === 'goal' ? "the plan's goal" : next;
      return stay({...state, order: next, message: {kind: 'quiet', text: `ordered by ${by}`}});
    }
    default:
      return stay(state);
  }
}

/** A list of what can be added: plan files nearby, then machines; another file by its path. */
export function openAdd(state: State): State {
  const lines = comparandsInOrder(state);
  const all: Comparand[] = [
    ...state.known.plans.map(name => ({kind: 'plan', name}) as const),
    ...state.known.hardware.map(name => ({kind: 'machine', name}) as const),
  ];
  const entries = all
    .filter(comparand => !lines.some(other => isSame(comparand, other)))
    .map(
      (comparand): Entry => ({
        label: comparand.name,
        kind: comparand.kind,
        choice: {kind: 'compare', comparand},
      }),
    );
  const picker = {entries, query: '', index: 0, takesPath: true};
  return {...state, dialog: {kind: 'picker', title: 'compare with', picker}};
}

export function addComparand(state: State, comparand: Comparand): State {
  if (state.comparands.some(other => isSame(comparand, other))) return state;
  return {...state, comparands: [...state.comparands, comparand]};
}

function remove(state: State, comparand: Comparand | undefined): State {
  if (comparand === undefined) return state;
  return {...state, comparands: state.comparands.filter(other => !isSame(comparand, other))};
}

function take(state: State, {kind, name}: Comparand): State {
  if (kind === 'plan') return {...state, message: {kind: 'quiet', text: `walltime tui ${name} opens it`}};
  const changed = changePlan(state, [{path: ['cluster', 'hardware'], value: name}]);
  return changed.text === state.text
    ? changed
    : {...changed, message: {kind: 'quiet', text: `the plan is on ${name} now; u takes that back`}};
}
