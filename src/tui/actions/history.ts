import {applyChanges, type PlanChange, planDocument} from '../document/plan-document.js';
import type {State} from '../state/state.js';

/** Number of changes that can be undone. */
const depth = 200;

/** The state with the first text of its document: there is nothing to undo. */
export function startHistory(state: State, text: string): State {
  return {...state, document: planDocument(text), past: [], future: []};
}

/** The state with a new text, which can be undone. */
export function changeText(state: State, text: string): State {
  if (text === state.document.text) return state;
  const past = [...state.past, state.document.text].slice(-depth);
  return {...state, document: planDocument(text), past, future: []};
}

/** The state after changes of its plan; unchanged, with a message, if one of them is not possible. */
export function changePlan(state: State, changes: readonly PlanChange[]): State {
  const edited = applyChanges(state.document.text, changes);
  return 'message' in edited
    ? {...state, message: {kind: 'bad', text: edited.message}}
    : changeText(state, edited.text);
}

export function undo(state: State): State {
  const text = state.past.at(-1);
  if (text === undefined) return {...state, message: {kind: 'quiet', text: 'nothing to undo'}};
  const future = [state.document.text, ...state.future];
  return {...state, document: planDocument(text), past: state.past.slice(0, -1), future};
}

export function redo(state: State): State {
  const [text, ...future] = state.future;
  if (text === undefined) return {...state, message: {kind: 'quiet', text: 'nothing to redo'}};
  return {...state, document: planDocument(text), past: [...state.past, state.document.text], future};
}
