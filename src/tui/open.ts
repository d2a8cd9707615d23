import {existsSync} from 'node:fs';
import type {ReadStream, WriteStream} from 'node:tty';
import {fileURLToPath} from 'node:url';
import {listHardware, listModels} from '../plan-file/library.js';
import type {Problem} from '../plan-file/problem.js';
import type {Page} from '../report/page/page.js';
import {runEffect} from './effects.js';
import {initialState} from './initial-state.js';
import {mountApp} from './mount.js';
import {type Listener, type Planner, startPlanner, startWorkerPlanner} from './planning/planner.js';
import type {PlanFile} from './state/state.js';
import {makeStore} from './store.js';
import {openAlternateScreen} from './terminal/alternate-screen.js';
import {ScreenStream} from './terminal/screen-stream.js';
import {watchWaysOut} from './terminal/ways-out.js';

export interface Opening {
  readonly file: PlanFile;
  readonly surface: Pick<Page, 'color' | 'unicode'>;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Writes a report page; a problem where it cannot. */
  readonly writeReport: (path: string, html: string) => Problem | null;
}

/** Runs the interactive planner until it is left; the status to end with. */
export async function openTui({file, surface, stdin, stdout, writeReport}: Opening): Promise<number> {
  const {promise, resolve, reject} = outcome();
  const screen = openAlternateScreen(text => stdout.write(text));
  const stream = new ScreenStream(stdout);
  const listener: Listener = {
    replied: reply => store.dispatch({kind: 'reply', reply}),
    finished: topic => store.dispatch({kind: 'finished', topic}),
    failed: reject,
  };
  const planner = startSuitablePlanner(listener);
  const known = {models: listModels(), hardware: listHardware()};
  const store = makeStore(initialState(sizeOf(stdout), file, known), {
    request: job => planner.request(job),
    run: effect => runEffect(effect, {store, quit: () => resolve(0), writeReport}),
  });
  const restore = () => {
    stream.shut();
    screen.leave();
    if (stdin.isRaw) stdin.setRawMode(false);
  };
  const resized = () => {
    stream.forget();
    store.dispatch({kind: 'resize', size: sizeOf(stdout)});
  };
  const unwatch = watchWaysOut({
    restore,
    ended: resolve,
    crashed: reject,
    continued: () => {
      screen.enter();
      if (stdin.isRaw) stdin.setRawMode(true);
      resized();
    },
  });
  stdout.on('resize', resized);
  const app = mountApp({store, surface, stream, stdin});
  app.ended.catch(reject);
  try {
    return await promise;
  } finally {
    stdout.off('resize', resized);
    restore();
    app.unmount();
    planner.close();
    unwatch();
  }
}

function outcome() {
  let resolve: (status: number) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<number>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return {promise, resolve, reject};
}

const sizeOf = ({columns, rows}: WriteStream) => ({columns: columns || 80, rows: rows || 24});

/** Beside the running bundle, whose chunks stand in a folder of their own; where there is none, the planner shares the thread. */
function startSuitablePlanner(listener: Listener): Planner {
  const script = ['./tui-worker.js', '../tui-worker.js']
    .map(path => new URL(path, import.meta.url))
    .find(url => existsSync(fileURLToPath(url)));
  return script === undefined ? startPlanner(listener) : startWorkerPlanner(script, listener);
}
