import type {StartDialog} from './dialog.js';
import type {PickerEntry} from './picker.js';
import type {KnownNames} from './state.js';

interface StartQuestion {
  readonly label: string;
  /** Names to choose from; null: an amount is typed. */
  readonly list: 'models' | 'hardware' | null;
  /** Taken if the question is answered with a bare return. */
  readonly default: string;
  readonly example: string;
}

/** The questions of a start without a plan file. */
export const startQuestions: readonly StartQuestion[] = [
  {label: 'which model', list: 'models', default: 'llama-3-8b', example: ''},
  {label: 'which machine', list: 'hardware', default: 'h100-sxm', example: ''},
  {label: 'how many devices', list: null, default: '64', example: 'such as 64, 64 devices or 8 nodes'},
  {label: 'how many tokens', list: null, default: '160 B', example: 'such as 300 B or 15 T'},
];

/** The first question, with the default answer of each. */
export function firstQuestion(known: KnownNames): StartDialog {
  const answers = startQuestions.map(question => question.default);
  return askQuestion({kind: 'start', question: 0, answers, typed: '', picker: null}, known, 0);
}

/** The dialog at another question. */
export function askQuestion(dialog: StartDialog, known: KnownNames, question: number): StartDialog {
  const list = startQuestions[question]?.list ?? null;
  if (list === null) return {...dialog, question, typed: '', picker: null};
  const names = known[list];
  const entries = names.map(
    (name): PickerEntry => ({label: name, kind: '', choice: {kind: 'set', field: list, value: name}}),
  );
  const index = Math.max(0, names.indexOf(dialog.answers[question] ?? ''));
  return {...dialog, question, typed: '', picker: {entries, query: '', index}};
}
