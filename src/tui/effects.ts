import {countParameters} from '../model/parameters.js';
import {writeAtomically} from '../plan-file/edit/write-atomically.js';
import {writeNewFile} from '../plan-file/edit/write-new-file.js';
import {readModel} from '../plan-file/library.js';
import {formatProblem} from '../plan-file/problem.js';
import {problemOfFile} from '../plan-file/source.js';
import type {Effect} from './state/effect.js';
import type {Event} from './state/update.js';

/** Does what a key asked for, and tells the screen how it went. */
export function runEffect(effect: Effect, dispatch: (event: Event) => void, quit: () => void): void {
  switch (effect.kind) {
    case 'quit':
      quit();
      break;
    case 'save':
      if (save(effect, dispatch) && effect.thenQuit) quit();
      break;
    case 'measure':
      measure(effect.model, dispatch).catch(() => undefined);
      break;
  }
}

type Save = Extract<Effect, {readonly kind: 'save'}>;

function save({path, before, text}: Save, dispatch: (event: Event) => void): boolean {
  const fault = before === null ? null : writeAtomically(path, before, text);
  const problem =
    before === null ? writeNewFile(path, text) : fault === null ? null : problemOfFile(path, fault);
  if (problem === null) dispatch({kind: 'saved', path, text});
  else dispatch({kind: 'said', message: {kind: 'bad', text: formatProblem(problem)}});
  return problem === null;
}

/** A model that cannot be read yet is told by the planner later. */
async function measure(model: string, dispatch: (event: Event) => void): Promise<void> {
  const read = await readModel(model);
  if ('profile' in read) dispatch({kind: 'measured', parameters: countParameters(read.profile.model).total});
}
