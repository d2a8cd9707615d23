import type {State} from '../state.js';

/** Shows what would be written. */
export function openSave(state: State, thenQuit: boolean): State {
  const {path} = state.file;
  return {
    ...state,
    dialog: {kind: 'save', path: path ?? 'plan.yaml', asksPath: path === null, top: 0, thenQuit},
  };
}

/** Shows what would be written, and asks where to. */
export function openSaveAs(state: State, thenQuit: boolean): State {
  const path = state.file.path === null ? 'plan.yaml' : pathBeside(state, 'mine.yaml');
  return {...state, dialog: {kind: 'save', path, asksPath: true, top: 0, thenQuit}};
}

/** A file beside the plan, with the plan's name. */
export function pathBeside({file}: State, extension: string): string {
  return `${(file.path ?? 'plan.yaml').replace(/\.ya?ml$/i, '')}.${extension}`;
}
