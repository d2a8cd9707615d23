import {newPlanText} from '../../plan-file/new-plan.js';
import type {Effect} from '../actions/effect.js';
import {startHistory} from '../actions/history.js';
import type {Keystroke} from '../actions/keystroke.js';
import {type Step, stay} from '../actions/step.js';
import type {StartDialog} from '../state/dialog.js';
import {movePicker, pickedEntry, withQuery} from '../state/picker.js';
import {askQuestion, startQuestions} from '../state/start-questions.js';
import type {State} from '../state/state.js';

/** A key while the questions of a start without a plan are asked. */
export function keyInStart(state: State, dialog: StartDialog, key: Keystroke): Step {
  const show = (next: StartDialog): Step => stay({...state, dialog: next});
  switch (key.name) {
    case 'text':
      return show(withTyped(dialog, dialog.typed + key.text));
    case 'backspace':
      return show(withTyped(dialog, dialog.typed.slice(0, -1)));
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
      return acceptAnswer(state, dialog);
    default:
      return show(dialog);
  }
}

function withTyped(dialog: StartDialog, typed: string): StartDialog {
  const {picker} = dialog;
  return {...dialog, typed, picker: picker === null ? null : withQuery(picker, typed)};
}

function acceptAnswer(state: State, dialog: StartDialog): Step {
  const {question} = dialog;
  const answer = answerTo(dialog);
  const answers = dialog.answers.map((old, i) => (i === question ? answer : old));
  if (question < startQuestions.length - 1) {
    const effects: Effect[] = question === 0 ? [{kind: 'countParameters', model: answer}] : [];
    return {
      state: {...state, dialog: askQuestion({...dialog, answers}, state.known, question + 1)},
      effects,
    };
  }
  const [model = '', hardware = '', size = '', tokens = ''] = answers;
  const text = newPlanText({model, hardware, size, tokens});
  const message = {kind: 'good', text: 'a first plan: change anything, s saves it'} as const;
  return stay({...startHistory(state, text), dialog: null, message});
}

/** The chosen entry; what is typed if no entry matches, such as a path; otherwise the default. */
function answerTo({question, picker, typed, answers}: StartDialog): string {
  const picked = picker === null ? null : (pickedEntry(picker)?.label ?? null);
  return (picked ?? typed.trim()) || (answers[question] ?? '');
}

/** Tokens per parameter of a compute-optimal training run: Hoffmann et al. 2022, arXiv 2203.15556. */
const tokensPerParameter = 20;

/** The dialog with a default for the tokens, once the parameters of the chosen model are counted. */
export function withTokenGuess(dialog: StartDialog, parameters: number): StartDialog {
  const tokens = parameters * tokensPerParameter;
  const billions = Number((tokens / 1e9).toPrecision(2));
  const answers = dialog.answers.map((answer, i) =>
    i === startQuestions.length - 1 ? `${billions} B` : answer,
  );
  return {...dialog, answers};
}
