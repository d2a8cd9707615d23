import type {State} from '../state.js';
import {applyChanges, type Change} from './document.js';

/** Changes that can be undone. */
const depth = 200;

/** The first text of a document: there is nothing to undo. */
export function startHistory(state: State, text: string): State {
  return {...state, text, past: [], future: []};
}

/** A new text, which can be undone. */
export function changeText(state: State, text: string): State {
  if (text === state.text) return state;
  return {...state, text, past: [...state.past, state.text].slice(-depth), future: []};
}

/** The plan with some of its values changed; a message where one cannot be. */
export function changePlan(state: State, changes: readonly Change[]): State {
  const edited = applyChanges(state.text, changes);
  return 'message' in edited
    ? {...state, message: {kind: 'bad', text: edited.message}}
    : changeText(state, edited.text);
}

export function undo(state: State): State {
  const text = state.past.at(-1);
  if (text === undefined) return {...state, message: {kind: 'quiet', text: 'nothing to undo'}};
  return {...state, text, past: state.past.slice(0, -1), future: [state.text, ...state.future]};
}

export function redo(state: State): State {
  const [text, ...future] = state.future;
  if (text === undefined) return {...state, message: {kind: 'quiet', text: 'nothing to redo'}};
  return {...state, text, past: [...state.past, state.text], future};
}
