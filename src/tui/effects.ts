import {exportRun} from '../export/export-run.js';
import {exportTarget} from '../export/targets.js';
import {countParameters} from '../model/parameters.js';
import {writeAtomically} from '../plan-file/edit/write-atomically.js';
import {writeNewFile} from '../plan-file/edit/write-new-file.js';
import {readHardware, readModel} from '../plan-file/library/library.js';
import {formatProblem, type Problem} from '../plan-file/problem.js';
import {problemOfFile} from '../plan-file/source.js';
import type {Effect} from './actions/effect.js';
import {planFilesNear} from './plan-files.js';
import {type Message, selectedRow} from './state/state.js';
import type {Store} from './store.js';

export interface EffectDeps {
  readonly store: Store;
  quit(): void;
  /** Writes a report page. @returns a problem if it cannot be written */
  writeReport(path: string, html: string): Problem | null;
  /** Opens a page in a browser. @returns false if there is no display */
  openPage(path: string): boolean;
}

/** Runs an effect; its outcome is dispatched to the store. */
export function runEffect(effect: Effect, deps: EffectDeps): void {
  const {store, quit} = deps;
  const {dispatch} = store;
  switch (effect.kind) {
    case 'quit':
      quit();
      break;
    case 'showMessage':
      dispatch({kind: 'message', message: effect.message});
      break;
    case 'report':
      writeReportPage(effect, deps);
      break;
    case 'export':
      void exportLayout(effect, store);
      break;
    case 'save':
      if (savePlan(effect, store) && effect.thenQuit) quit();
      break;
    case 'findPlans':
      dispatch({kind: 'plansFound', paths: planFilesNear(effect.near)});
      break;
    case 'countParameters':
      countParametersOf(effect.model, store).catch(() => undefined);
      break;
  }
}

type EffectOf<Kind extends Effect['kind']> = Extract<Effect, {readonly kind: Kind}>;

/** Shows that a file was written, or why it was not. */
function showWritten({dispatch}: Store, path: string, problem: Problem | null, more = ''): void {
  const message: Message =
    problem === null
      ? {kind: 'good', text: `wrote ${path}${more}`}
      : {kind: 'bad', text: formatProblem(problem)};
  dispatch({kind: 'message', message});
}

function writeReportPage({path, html}: EffectOf<'report'>, {store, writeReport, openPage}: EffectDeps): void {
  const problem = writeReport(path, html);
  const opened = problem === null && openPage(path) ? ', and it opens in the browser' : '';
  showWritten(store, path, problem, opened);
}

/** Writes the selected layout for another program, or shows why that program cannot run it. */
async function exportLayout({target: name, path}: EffectOf<'export'>, store: Store): Promise<void> {
  const state = store.get();
  const row = selectedRow(state);
  const target = exportTarget(name);
  if (row === null || target.of !== 'layout') return;
  const {plan, layout, estimate, run} = row;
  const hardware = await readHardware(plan.cluster.hardware);
  const software = 'profile' in hardware ? hardware.profile.software : {};
  const planned = {file: state.file.path ?? 'plan.yaml', plan, layout, estimate, run};
  const exported = exportRun(target, planned, framework => software[framework]?.stack ?? null);
  if ('problems' in exported) {
    const [refusal] = exported.problems;
    const text = refusal === undefined ? 'refused' : `${refusal.path}: ${refusal.message} (${refusal.hint})`;
    store.dispatch({kind: 'message', message: {kind: 'bad', text: `${name} cannot run this: ${text}`}});
  } else showWritten(store, path, writeNewFile(path, exported.text));
}

/** Saves the plan. @returns false if the file cannot be written */
function savePlan({path, before, text, thenQuit}: EffectOf<'save'>, {dispatch}: Store): boolean {
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

/** Counts the parameters of a model. The planner reports one that cannot be read. */
async function countParametersOf(model: string, {dispatch}: Store): Promise<void> {
  const read = await readModel(model);
  if ('profile' in read)
    dispatch({kind: 'parametersCounted', parameters: countParameters(read.profile.model).total});
}
