import type {Effect} from './actions/effect.js';
import type {Keystroke} from './actions/keystroke.js';
import {openSaveAs} from './actions/save.js';
import {type Step, stay} from './actions/step.js';
import {openAddItem} from './keys/compare-keys.js';
import {keyInDialog} from './keys/dialog-keys.js';
import {keystrokeOfPaste} from './keys/paste.js';
import {keyOnScreen} from './keys/screen-keys.js';
import {withTokenGuess} from './keys/start-keys.js';
import type {JobKind} from './planning/job.js';
import type {Reply} from './planning/reply.js';
import type {Message, State, TerminalSize} from './state/state.js';

/** An event that changes the state. */
export type Event =
  | {readonly kind: 'key'; readonly key: Keystroke}
  | {readonly kind: 'resize'; readonly size: TerminalSize}
  | {readonly kind: 'requested'; readonly job: JobKind}
  | {readonly kind: 'reply'; readonly reply: Reply}
  | {readonly kind: 'saved'; readonly path: string; readonly text: string}
  /** The file has another content than expected, or cannot be written. */
  | {readonly kind: 'notSaved'; readonly problem: string; readonly thenQuit: boolean}
  | {readonly kind: 'message'; readonly message: Message}
  | {readonly kind: 'parametersCounted'; readonly parameters: number}
  | {readonly kind: 'plansFound'; readonly paths: readonly string[]};

/** The state after an event, and the effects to run. Pure. */
export function update(state: State, event: Event): Step {
  switch (event.kind) {
    case 'key':
      return withKey({...state, message: null}, event.key);
    case 'resize':
      return stay({...state, size: event.size});
    case 'requested':
      return stay(event.job === 'plan' ? {...state, problems: []} : state);
    case 'reply':
      return {state: withReply(state, event.reply), effects: effectsOfReply(event.reply)};
    case 'saved':
      return stay({
        ...state,
        file: {path: event.path, text: event.text},
        message: {kind: 'good', text: `wrote ${event.path}`},
      });
    case 'notSaved':
      // The plan is in no file yet: ask for another name.
      return stay({...openSaveAs(state, event.thenQuit), message: {kind: 'bad', text: event.problem}});
    case 'message':
      return stay({...state, message: event.message});
    case 'parametersCounted':
      return stay(
        state.dialog?.kind === 'start'
          ? {...state, dialog: withTokenGuess(state.dialog, event.parameters)}
          : state,
      );
    case 'plansFound':
      return stay(withPlans(state, event.paths));
  }
}

/** The state with the plan files that were found, which an open list of them shows. */
function withPlans(before: State, plans: readonly string[]): State {
  const state = {...before, known: {...before.known, plans}};
  const {dialog} = before;
  if (dialog?.kind !== 'picker' || dialog.picker.takesPath !== true) return state;
  const opened = openAddItem(state);
  const {query, index} = dialog.picker;
  return opened.dialog?.kind === 'picker'
    ? {...opened, dialog: {...opened.dialog, picker: {...opened.dialog.picker, query, index}}}
    : opened;
}

function withKey(state: State, pressed: Keystroke): Step {
  if (pressed.name === 'interrupt') return {state, effects: [{kind: 'quit'}]};
  if (pressed.name === 'paste') {
    const typed = keystrokeOfPaste(state, pressed.text);
    const message = {kind: 'quiet', text: 'nothing here takes pasted text: enter edits a field'} as const;
    return typed === null ? stay({...state, message}) : withKey(state, typed);
  }
  return state.dialog === null ? keyOnScreen(state, pressed) : keyInDialog(state, state.dialog, pressed);
}

/** Writes a finished report. */
function effectsOfReply(reply: Reply): readonly Effect[] {
  if (reply.kind !== 'report') return [];
  const {out, html} = reply;
  return html === null
    ? [{kind: 'showMessage', message: {kind: 'bad', text: 'no report: the plan has no layout that fits'}}]
    : [{kind: 'report', path: out, html}];
}

function withReply(state: State, reply: Reply): State {
  switch (reply.kind) {
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
    case 'diloco':
      return {...state, diloco: reply};
    case 'sizes':
      return {...state, sizes: reply};
    case 'report':
      return {...state, report: null};
  }
}
