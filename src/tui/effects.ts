import {exportTarget} from '../export/targets.js';
import {countParameters} from '../model/parameters.js';
import {writeAtomically} from '../plan-file/edit/write-atomically.js';
import {writeNewFile} from '../plan-file/edit/write-new-file.js';
import {readModel} from '../plan-file/library/library.js';
import {formatProblem, type Problem} from '../plan-file/problem.js';
import {problemOfFile} from '../plan-file/source.js';
import {planFilesNear} from './plan-files.js';
import type {Effect} from './state/effect.js';
import {type Message, selectedRow} from './state/state.js';
import type {Event} from './state/update.js';
import type {Store} from './store.js';

/** What effects act on. */
export interface Surroundings {
  readonly store: Store;
  quit(): void;
  /** Writes a report page; a problem where it cannot. */
  writeReport(path: string, html: string): Problem | null;
  /** Shows a page in a browser. @returns false where there is no display */
  openPage(path: string): boolean;
}

/** Does what a key asked for, and tells the screen how it went. */
export function runEffect(effect: Effect, surroundings: Surroundings): void {
  const {store, quit} = surroundings;
  const {dispatch} = store;
  switch (effect.kind) {
    case 'quit':
      quit();
      break;
    case 'say':
      dispatch({kind: 'said', message: effect.message});
      break;
    case 'report':
      report(effect, surroundings);
      break;
    case 'export':
      exportLayout(effect, store);
      break;
    case 'save':
      if (save(effect, dispatch) && effect.thenQuit) quit();
      break;
    case 'findPlans':
      dispatch({kind: 'plansFound', paths: planFilesNear(effect.beside)});
      break;
    case 'measure':
      measure(effect.model, dispatch).catch(() => undefined);
      break;
  }
}

function tell(dispatch: Store['dispatch'], path: string, problem: Problem | null, more = ''): void {
  const message: Message =
    problem === null
      ? {kind: 'good', text: `wrote ${path}${more}`}
      : {kind: 'bad', text: formatProblem(problem)};
  dispatch({kind: 'said', message});
}

type Report = Extract<Effect, {readonly kind: 'report'}>;

/** The page is written, and shown where that can be. */
function report({path, html}: Report, {store, writeReport, openPage}: Surroundings): void {
  const problem = writeReport(path, html);
  const shown = problem === null && openPage(path) ? ', and it opens in the browser' : '';
  tell(store.dispatch, path, problem, shown);
}

type Export = Extract<Effect, {readonly kind: 'export'}>;

/** The selected layout for another program; why it cannot run it, where it cannot. */
function exportLayout({target: name, path}: Export, {get, dispatch}: Store): void {
  const state = get();
  const row = selectedRow(state);
  const target = exportTarget(name);
  if (row === null || target.of !== 'layout') return;
  const {plan, layout, estimate, run} = row;
  const exported = target.write({file: state.file.path ?? 'plan.yaml', plan, layout, estimate, run});
  if ('refusals' in exported) {
    const [refusal] = exported.refusals;
    const text = refusal === undefined ? 'refused' : `${refusal.path}: ${refusal.message} (${refusal.hint})`;
    dispatch({kind: 'said', message: {kind: 'bad', text: `${name} cannot run this: ${text}`}});
  } else tell(dispatch, path, writeNewFile(path, exported.text));
}

type Save = Extract<Effect, {readonly kind: 'save'}>;

function save({path, before, text, thenQuit}: Save, dispatch: (event: Event) => void): boolean {
  const fault = before === null ? null : writeAtomically(path, before, text);
  const problem =
    before === null ? writeNewFile(path, text) : fault === null ? null : problemOfFile(path, fault);
  if (problem === null) dispatch({kind: 'saved', path, text});
  else
    dispatch({
      kind: 'notSaved',
      problem: `${path} ${problem.message}: another name keeps both, esc leaves it`,
      thenQuit,
    });
  return problem === null;
}

/** A model that cannot be read yet is told by the planner later. */
async function measure(model: string, dispatch: (event: Event) => void): Promise<void> {
  const read = await readModel(model);
  if ('profile' in read) dispatch({kind: 'measured', parameters: countParameters(read.profile.model).total});
}
