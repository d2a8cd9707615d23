import type {Dialog, State} from '../state.js';
import type {Keystroke} from './keystroke.js';

/** Longer than anything that a field takes. */
const longest = 400;

/** What pasted text is typed as, or null where nothing takes text: as keys it would be commands by chance. */
export function typedByPaste({dialog, screen, pane}: State, pasted: string): Keystroke | null {
  const text = pasted
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);
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
