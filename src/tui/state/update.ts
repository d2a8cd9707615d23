import type {Reply} from '../planning/answers.js';
import {openSaveAs} from './dialogs/save.js';
import {guessTokens} from './dialogs/start.js';
import type {Effect} from './effect.js';
import {openAdd} from './keys/compare-keys.js';
import {keyInDialog} from './keys/dialog-keys.js';
import type {Keystroke} from './keys/keystroke.js';
import {typedByPaste} from './keys/paste.js';
import {keyOnScreen} from './keys/screen-keys.js';
import type {Message, Size, State} from './state.js';
import {type Step, stay} from './step.js';

/** What happens to the screen. */
export type Event =
  | {readonly kind: 'key'; readonly key: Keystroke}
  | {readonly kind: 'resize'; readonly size: Size}
  | {readonly kind: 'requested'; readonly topic: string}
  | {readonly kind: 'reply'; readonly reply: Reply}
  | {readonly kind: 'finished'; readonly topic: string}
  | {readonly kind: 'saved'; readonly path: string; readonly text: string}
  /** The file holds something else than was expected, or cannot be written. */
  | {readonly kind: 'notSaved'; readonly problem: string; readonly thenQuit: boolean}
  | {readonly kind: 'said'; readonly message: Message}
  | {readonly kind: 'measured'; readonly parameters: number}
  | {readonly kind: 'plansFound'; readonly paths: readonly string[]};

/** The state after an event, and what is to be done. Pure. */
export function update(state: State, event: Event): Step {
  switch (event.kind) {
    case 'key':
      return key({...state, message: null}, event.key);
    case 'resize':
      return stay({...state, size: event.size});
    case 'requested':
      return stay({
        ...state,
        busy: new Set([...state.busy, event.topic]),
        problems: event.topic === 'plan' ? [] : state.problems,
      });
    case 'reply':
      return {state: replied(state, event.reply), effects: writing(event.reply)};
    case 'finished':
      return stay({...state, busy: new Set([...state.busy].filter(topic => topic !== event.topic))});
    case 'saved':
      return stay({
        ...state,
        file: {path: event.path, text: event.text},
        message: {kind: 'good', text: `wrote ${event.path}`},
      });
    case 'notSaved':
      // The plan is in no file yet: another one may take it.
      return stay({...openSaveAs(state, event.thenQuit), message: {kind: 'bad', text: event.problem}});
    case 'said':
      return stay({...state, message: event.message});
    case 'measured':
      return stay(
        state.dialog?.kind === 'start'
          ? {...state, dialog: guessTokens(state.dialog, event.parameters)}
          : state,
      );
    case 'plansFound':
      return stay(plansFound(state, event.paths));
  }
}

/** The list that was opened shows them too. */
function plansFound(before: State, plans: readonly string[]): State {
  const state = {...before, known: {...before.known, plans}};
  const {dialog} = before;
  if (dialog?.kind !== 'picker' || dialog.picker.takesPath !== true) return state;
  const opened = openAdd(state);
  const {query, index} = dialog.picker;
  return opened.dialog?.kind === 'picker'
    ? {...opened, dialog: {...opened.dialog, picker: {...opened.dialog.picker, query, index}}}
    : opened;
}

function key(state: State, pressed: Keystroke): Step {
  if (pressed.name === 'interrupt') return {state, effects: [{kind: 'quit'}]};
  if (pressed.name === 'paste') {
    const typed = typedByPaste(state, pressed.text);
    const message = {kind: 'quiet', text: 'nothing here takes pasted text: enter edits a field'} as const;
    return typed === null ? stay({...state, message}) : key(state, typed);
  }
  return state.dialog === null ? keyOnScreen(state, pressed) : keyInDialog(state, state.dialog, pressed);
}

/** A report that is done is written. */
function writing(reply: Reply): readonly Effect[] {
  if (reply.topic !== 'report') return [];
  const {out, html} = reply;
  return html === null
    ? [{kind: 'say', message: {kind: 'bad', text: 'no report: the plan has no layout that fits'}}]
    : [{kind: 'report', path: out, html}];
}

function replied(state: State, reply: Reply): State {
  switch (reply.topic) {
    case 'plan':
      return 'problems' in reply.answer
        ? {...state, problems: reply.answer.problems}
        : {...state, problems: [], answer: {text: reply.text, answer: reply.answer}};
    case 'timeline':
      return {...state, timeline: reply.timeline};
    case 'calendar':
      return {...state, calendar: reply};
    case 'compare':
      return {...state, compared: reply};
    case 'trial':
      return {...state, trial: reply};
    case 'sensitivity':
      return {...state, sensitivity: reply};
    case 'outer':
      return {...state, outer: reply};
    case 'sizes':
      return {...state, sizes: reply};
    case 'report':
      return {...state, report: null};
  }
}
