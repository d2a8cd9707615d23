import type {State} from '../state/state.js';

/** Opens the dialog that shows the lines a save changes. */
export function openSave(state: State, thenQuit: boolean): State {
  const {path} = state.file;
  return {
    ...state,
    dialog: {kind: 'save', path: path ?? 'plan.yaml', asksPath: path === null, top: 0, thenQuit},
  };
}

/** Opens the same dialog with a question for another path. */
export function openSaveAs(state: State, thenQuit: boolean): State {
  const path = state.file.path === null ? 'plan.yaml' : siblingPath(state, 'mine.yaml');
  return {...state, dialog: {kind: 'save', path, asksPath: true, top: 0, thenQuit}};
}

/** A path in the plan's folder, with the plan's name and another extension. */
export function siblingPath({file}: State, extension: string): string {
  return `${(file.path ?? 'plan.yaml').replace(/\.ya?ml$/i, '')}.${extension}`;
}
