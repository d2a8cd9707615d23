import {newPlanText} from '../../../plan-file/new-plan.js';
import {startHistory} from '../document/history.js';
import type {Effect} from '../effect.js';
import type {Keystroke} from '../keys/keystroke.js';
import type {State} from '../state.js';
import type {Step} from '../step.js';
import {type Entry, movePicker, type Picker, pickedEntry, typeInPicker} from './picker.js';

/** The four questions of an empty start. */
export const questions = [
  {label: 'which model', list: 'models'},
  {label: 'which machine', list: 'hardware'},
  {label: 'how many devices', list: null},
  {label: 'how many tokens', list: null},
] as const;

/** Taken where a question is answered with a bare return. */
const usual = ['llama-3-8b', 'h100-sxm', '64', '160 B'] as const;

export interface StartDialog {
  readonly kind: 'start';
  /** Index of the question that is being asked. */
  readonly question: number;
  /** One for each question, at first the usual one. */
  readonly answers: readonly string[];
  /** What is typed so far; empty: the answer as it stands. */
  readonly typed: string;
  /** Of the questions that have a list. */
  readonly picker: Picker | null;
}

export function startDialog(known: State['known']): StartDialog {
  return askQuestion({kind: 'start', question: 0, answers: usual, typed: '', picker: null}, known, 0);
}

function askQuestion(dialog: StartDialog, known: State['known'], question: number): StartDialog {
  const list = questions[question]?.list ?? null;
  const current = dialog.answers[question] ?? '';
  const names = list === null ? [] : known[list];
  const entries: Entry[] = names.map(name => ({
    label: name,
    kind: '',
    choice: {kind: 'set', field: list ?? '', value: name},
  }));
  const picker = list === null ? null : {entries, query: '', index: Math.max(0, names.indexOf(current))};
  return {...dialog, question, typed: '', picker};
}

/** A first guess: twenty tokens a parameter, as Hoffmann et al. 2022 (arXiv 2203.15556) found best. */
const tokensPerParameter = 20;

/** The number of parameters of the chosen model is known. */
export function guessTokens(dialog: StartDialog, parameters: number): StartDialog {
  const tokens = parameters * tokensPerParameter;
  const billions = Number((tokens / 1e9).toPrecision(2));
  const answers = dialog.answers.map((answer, i) => (i === questions.length - 1 ? `${billions} B` : answer));
  return {...dialog, answers};
}

export function keyInStart(state: State, dialog: StartDialog, key: Keystroke): Step {
  const show = (next: StartDialog, effects: readonly Effect[] = []): Step => ({
    state: {...state, dialog: next},
    effects,
  });
  switch (key.name) {
    case 'text':
      return show(type(dialog, dialog.typed + key.text));
    case 'backspace':
      return show(type(dialog, dialog.typed.slice(0, -1)));
    case 'up':
    case 'down':
    case 'pageUp':
    case 'pageDown': {
      const by = {up: -1, down: 1, pageUp: -8, pageDown: 8}[key.name];
      return show(dialog.picker === null ? dialog : {...dialog, picker: movePicker(dialog.picker, by)});
    }
    case 'escape':
    case 'backTab':
      return show(askQuestion(dialog, state.known, Math.max(0, dialog.question - 1)));
    case 'enter':
    case 'tab':
      return accept(state, dialog);
    default:
      return show(dialog);
  }
}

function type(dialog: StartDialog, typed: string): StartDialog {
  const {picker} = dialog;
  return {...dialog, typed, picker: picker === null ? null : typeInPicker(picker, typed)};
}

function accept(state: State, dialog: StartDialog): Step {
  const {question, picker, typed, answers} = dialog;
  const current = answers[question] ?? '';
  const picked = picker === null ? null : (pickedEntry(picker)?.label ?? null);
  // A path that is in no list is taken as it is typed.
  const answer = (picker === null ? typed.trim() || current : (picked ?? typed.trim())) || current;
  const answered = {...dialog, answers: answers.map((old, i) => (i === question ? answer : old))};
  if (question < questions.length - 1) {
    const effects: Effect[] = question === 0 ? [{kind: 'measure', model: answer}] : [];
    return {state: {...state, dialog: askQuestion(answered, state.known, question + 1)}, effects};
  }
  const [model = '', hardware = '', size = '', tokens = ''] = answered.answers;
  const text = newPlanText({model, hardware, size, tokens});
  const message = {kind: 'good', text: 'a first plan: change anything, s saves it'} as const;
  return {state: {...startHistory(state, text), dialog: null, message}, effects: []};
}
