import {existsSync} from 'node:fs';
import type {ReadStream, WriteStream} from 'node:tty';
import {fileURLToPath} from 'node:url';
import {listHardware, listModels} from '../plan-file/library/library.js';
import type {Problem} from '../plan-file/problem.js';
import {runEffect} from './effects.js';
import {startPlanner} from './planning/threads/planner.js';
import type {Surface} from './screens/screen.js';
import {initialState} from './state/initial-state.js';
import type {PlanFile} from './state/state.js';
import {makeStore} from './store.js';
import {openAlternateScreen} from './terminal/alternate-screen.js';
import {installExitHandlers} from './terminal/exit-handlers.js';
import {FrameStream} from './terminal/frame-stream.js';
import {openPage} from './terminal/open-page.js';
import {terminalSize} from './terminal/terminal-size.js';

export interface SessionDeps {
  readonly file: PlanFile;
  readonly surface: Surface;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Writes a report page. @returns a problem if it cannot be written */
  readonly writeReport: (path: string, html: string) => Problem | null;
}

/** Runs the interactive planner until it is left. @returns the exit status */
export async function openTui(deps: SessionDeps): Promise<number> {
  const {stdin, stdout} = deps;
  const {promise, resolve, reject} = deferredStatus();
  const frames = new FrameStream(stdout);
  // In raw mode, so that the terminal does not print keys that are pressed early.
  stdin.setRawMode(true);
  const screen = openAlternateScreen(text => stdout.write(text));
  const restore = () => {
    frames.shut();
    screen.leave();
    if (stdin.isRaw) stdin.setRawMode(false);
  };
  const removeHandlers = installExitHandlers({
    restore,
    ended: resolve,
    crashed: reject,
    continued: () => {
      screen.enter();
      stdin.setRawMode(true);
      stdout.emit('resize');
    },
  });
  let close: () => void = () => undefined;
  try {
    close = await startSession(deps, frames, {ended: resolve, failed: reject});
    return await promise;
  } finally {
    restore();
    close();
    removeHandlers();
  }
}

interface SessionEnd {
  readonly ended: (status: number) => void;
  readonly failed: (error: unknown) => void;
}

/** Plans, receives keys and draws. ink is loaded first: the planner's threads would compete with the first frame. @returns a function that ends all three */
async function startSession(deps: SessionDeps, frames: FrameStream, end: SessionEnd): Promise<() => void> {
  const {file, surface, stdin, stdout, writeReport} = deps;
  const {mountApp} = await import('./mount.js');
  const planner = startPlanner(workerScript(), {
    replied: reply => store.dispatch({kind: 'reply', reply}),
    failed: end.failed,
  });
  const known = {models: listModels(), hardware: listHardware(), plans: []};
  const store = makeStore(initialState(terminalSize(stdout), file, known), {
    request: job => planner.request(job),
    run: effect => runEffect(effect, {store, quit: () => end.ended(0), writeReport, openPage}),
  });
  const resize = () => {
    frames.forget();
    store.dispatch({kind: 'resize', size: terminalSize(stdout)});
  };
  stdout.on('resize', resize);
  const app = mountApp({store, surface, frames, stdin});
  app.ended.catch(end.failed);
  return () => {
    stdout.off('resize', resize);
    app.unmount();
    planner.close();
  };
}

/** The entry of the planner's threads, in the folder of the running bundle or of its chunks. */
function workerScript(): URL {
  const found = ['./tui-worker.js', '../tui-worker.js']
    .map(path => new URL(path, import.meta.url))
    .find(url => existsSync(fileURLToPath(url)));
  if (found === undefined) throw new Error('the entry of the planner threads is not built');
  return found;
}

function deferredStatus() {
  let resolve: (status: number) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<number>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  // A rejection before the promise is awaited is no unhandled one.
  promise.catch(() => undefined);
  return {promise, resolve, reject};
}
