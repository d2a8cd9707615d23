import {existsSync} from 'node:fs';
import type {ReadStream, WriteStream} from 'node:tty';
import {fileURLToPath} from 'node:url';
import {listHardware, listModels} from '../plan-file/library/library.js';
import type {Problem} from '../plan-file/problem.js';
import type {Page} from '../report/page/page.js';
import {runEffect} from './effects.js';
import {initialState} from './initial-state.js';
import {type Listener, startPlanner} from './planning/threads/planner.js';
import {draw} from './screens/draw.js';
import type {PlanFile} from './state/state.js';
import {makeStore} from './store.js';
import {openAlternateScreen} from './terminal/alternate-screen.js';
import {openPage} from './terminal/open-page.js';
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
  const stream = new ScreenStream(stdout);
  const initial = initialState(sizeOf(stdout), file, {
    models: listModels(),
    hardware: listHardware(),
    plans: [],
  });
  // Keys that come before they are heard wait in the terminal, which must not write them over the picture.
  stdin.setRawMode(true);
  const screen = openAlternateScreen(text => stdout.write(text));
  // The first picture does not wait for what the next ones need.
  stream.show(draw(surface, initial));
  const listener: Listener = {
    replied: reply => store.dispatch({kind: 'reply', reply}),
    finished: topic => store.dispatch({kind: 'finished', topic}),
    failed: reject,
  };
  const planner = startPlanner(workerScript(), listener);
  const store = makeStore(initial, {
    request: job => planner.request(job),
    run: effect => runEffect(effect, {store, quit: () => resolve(0), writeReport, openPage}),
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
      stdin.setRawMode(true);
      resized();
    },
  });
  stdout.on('resize', resized);
  let unmount = (): void => undefined;
  try {
    const {mountApp} = await import('./mount.js');
    const app = mountApp({store, surface, stream, stdin});
    unmount = app.unmount;
    app.ended.catch(reject);
    return await promise;
  } finally {
    stdout.off('resize', resized);
    restore();
    unmount();
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

/** Beside the running bundle, whose chunks stand in a folder of their own. */
function workerScript(): URL {
  const found = ['./tui-worker.js', '../tui-worker.js']
    .map(path => new URL(path, import.meta.url))
    .find(url => existsSync(fileURLToPath(url)));
  if (found === undefined) throw new Error('the planner of the screen is not built');
  return found;
}
