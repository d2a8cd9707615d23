import type {Keystroke} from '../actions/keystroke.js';
import type {Dialog} from '../state/dialog.js';
import type {State} from '../state/state.js';

/** Characters of a paste that are kept; no field takes more. */
const mostCharacters = 400;

/** The keystroke that types a pasted text; null if nothing takes text: typed as keys it would run commands. */
export function keystrokeOfPaste({dialog, screen, pane}: State, pasted: string): Keystroke | null {
  const text = pasted
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, mostCharacters);
  if (text === '') return null;
  // A value that begins with a digit starts an edit.
  const onFields = dialog === null && screen === 'plan' && pane === 'fields' && /^[\d$.]/.test(text);
  return onFields || (dialog !== null && takesText(dialog)) ? {name: 'text', text} : null;
}

function takesText(dialog: Dialog): boolean {
  switch (dialog.kind) {
    case 'start':
    case 'edit':
    case 'picker':
    case 'path':
      return true;
    case 'save':
      return dialog.asksPath;
    case 'quit':
    case 'help':
      return false;
  }
}
